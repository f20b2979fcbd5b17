/// What becomes of the times that a timer missed because no server ran, or its clock jumped.
///
/// The product skips them; the others are an option of ours.
package enum MissedFirePolicy: Hashable, Sendable {
  case skip
  /// The last one fires, unless another is due already.
  case last
  case all
  /// Those fire that are no older.
  case within(Duration)
}
