import HTTPMessages

/// A service that hears from triggers and connections, not from steps of runs.
protocol Counterpart: Sendable {
  /// Its host, which no other has.
  var name: String { get }

  /// What it does with a request that arrived.
  func answer(_ request: HTTPRequest) -> HTTPResponse

  /// A request to it leaves a process.
  func leaves(from process: Int)

  /// What leaves said is over, whatever came of it.
  func isDone(from process: Int)
}

extension Counterpart {
  func leaves(from process: Int) {}
  func isDone(from process: Int) {}
}
