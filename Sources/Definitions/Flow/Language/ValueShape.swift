/// What a value at some place of a flow looks like; any text may also be an expression.
package indirect enum ValueShape: Sendable {
  /// Any JSON.
  case any
  case text
  /// One of some words, in any case.
  case choice([String])
  /// Some words, with commas between them.
  case options([String])
  case integer
  case boolean
  /// Of ISO 8601, such as PT30S.
  case duration
  /// An object whose members have a meaning; others have no effect.
  case object([MemberShape])
  /// An object whose names are the author's own.
  case map(ValueShape)
  case list(ValueShape)
  /// An expression, or a tree of function calls.
  case condition
  /// Actions by name.
  case actions
  /// The statuses of predecessors by name.
  case predecessors
}
