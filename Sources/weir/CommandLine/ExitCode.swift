/// How a command ended, as scripts see it.
///
/// Source: command line contract.
package enum ExitCode: Int32, Sendable {
  case success = 0
  /// The run or the check failed.
  case failure = 1
  case usage = 2
  /// Diagnostics were printed.
  case invalid = 3
  case notFound = 4
  /// A server or the store cannot be reached.
  case unreachable = 5
  case interrupted = 130
}
