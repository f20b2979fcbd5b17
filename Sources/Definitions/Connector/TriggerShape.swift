/// How an operation starts flows.
///
/// Source: connector format reference, section (g).
package enum TriggerShape: String, Hashable, Sendable {
  /// One run for an answer or notification.
  case single
  /// One run for each item of an array.
  case batch
}
