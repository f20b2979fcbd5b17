import HTTPMessages
import OrderedJSON
import Synchronization

/// The mocks of a case, and how often each of them was used.
final class MockBook: Sendable {
  /// What there is for a call.
  enum Found {
    case answer(Mock.Answer, Mock)
    case none
    /// One fits, and all its answers were given.
    case usedUp(Mock)
  }

  private let mocks: [Mock]
  private let uses: Mutex<[Int]>

  init(_ mocks: [Mock]) {
    self.mocks = mocks
    uses = Mutex(Array(repeating: 0, count: mocks.count))
  }

  /// The next answer to a call; before a request is made, only such as take its place, which for an
  /// action that `cannotRun` all do.
  func answer(to site: CallSite?, _ request: HTTPRequest?, cannotRun: Bool = false) -> Found {
    uses.withLock { uses in
      var usedUp: Mock?
      for (index, mock) in mocks.enumerated() where fits(mock, site, request) {
        guard mock.repeats || uses[index] < mock.answers.count else {
          usedUp = usedUp ?? mock
          continue
        }
        guard
          let answer = mock.answers.indices.contains(uses[index])
            ? mock.answers[uses[index]] : mock.answers.last
        else { continue }
        if request == nil, !cannotRun, case .exchange = answer { return .none }
        uses[index] += 1
        return .answer(answer, mock)
      }
      return usedUp.map { .usedUp($0) } ?? .none
    }
  }

  /// How a service that a mock stands for reports back to a webhook action.
  func callback(for site: CallSite) -> Mock.Callback? {
    mocks.first { $0.callback != nil && fits($0, site, nil) }?.callback
  }

  /// Mocks that answered nothing.
  var unused: [Mock] {
    uses.withLock { uses in mocks.indices.filter { uses[$0] == 0 }.map { mocks[$0] } }
  }

  private func fits(_ mock: Mock, _ site: CallSite?, _ request: HTTPRequest?) -> Bool {
    switch mock.target {
    case .action(let name):
      guard let site, site.action.lowercased() == name.lowercased() else { return false }
    case .operation(let connector, let id):
      guard let site, site.operation?.lowercased() == id.lowercased(),
        connector.map({ $0.lowercased() == site.connector?.lowercased() }) ?? true
      else { return false }
    case .request(let method, let url):
      guard let request, method.map({ $0 == request.method }) ?? true,
        WildcardText.matches(request.url, url)
      else { return false }
    }
    return fitsPlace(mock, site)
  }

  private func fitsPlace(_ mock: Mock, _ site: CallSite?) -> Bool {
    if let flow = mock.flow, flow.lowercased() != site?.flow.lowercased() { return false }
    if let indices = mock.indices, indices != site?.indices { return false }
    guard let inputs = mock.inputs else { return true }
    return JSONMatch.mismatches(site?.inputs, inputs).isEmpty
  }
}

/// Texts in which `*` stands for any characters.
enum WildcardText {
  static func matches(_ text: String, _ pattern: String) -> Bool {
    let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
    guard parts.count > 1, let first = parts.first, let last = parts.last else {
      return text == pattern
    }
    guard text.hasPrefix(first), text.hasSuffix(last),
      text.utf8.count >= first.utf8.count + last.utf8.count
    else { return false }
    var rest = text.dropFirst(first.count).dropLast(last.count)
    for part in parts.dropFirst().dropLast() where !part.isEmpty {
      guard let range = rest.firstRange(of: part) else { return false }
      rest = rest[range.upperBound...]
    }
    return true
  }
}
