/// What seeds draw: it grew, and what a seed found once is found again with what it drew then.
enum Drawing: Int, Sendable, CaseIterable {
  /// Flows that are called and that run on timers, and faults.
  case flows
  /// What is in `Feature`, too.
  case features
  /// Triggers that are paused and resumed meanwhile, too.
  case pauses

  static let latest = Drawing.pauses
}
