/// What some seeds have beside flows that are called and that run on timers.
enum Feature: String, Sendable, CaseIterable {
  /// A trigger asks a service again and again for what is new.
  case polling
  /// A trigger subscribes, and a service reports.
  case webhook
  /// Messages are gathered, and released together.
  case batch
  /// A connection whose token has to be renewed.
  case token
  /// A caller waits for what a Response action answers.
  case answer
  /// Results that come in pages or pieces.
  case transfer
}
