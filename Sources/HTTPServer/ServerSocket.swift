/// A socket that listens.
protocol ServerSocket: Sendable {
  var descriptor: Int32 { get }

  /// Closes it, and takes its name away where it has one; connections stay open.
  func remove()
}
