/// What the Chat service allows.
///
/// Source: Azure Communication fact sheet, section 6.
package struct ChatLimits: Hashable, Sendable {
  /// Threads that a user makes in ten seconds.
  package var creations = 10
  /// Messages of a thread in ten seconds.
  package var messages = 10
  /// Messages of a thread in a minute.
  package var messagesPerMinute = 30

  package init() {}
}
