package import OrderedJSON
package import Timekeeping

/// What names mean while an expression is evaluated; names ignore case.
///
/// Every member but the clock and the dice has a default that knows nothing, so that small scopes
/// stay small.
///
/// Source: workflow language reference, section c.7.
package protocol Scope {
  func parameter(named name: String) -> JSON?
  func variable(named name: String) -> JSON?
  /// The trigger's record: name, inputs, outputs and so on.
  var trigger: JSON? { get }
  /// An action's record; `nil` when it is unknown or not available here.
  func action(named name: String) -> JSON?
  /// An action's outputs; `nil` when it is unknown, null when it has none.
  func outputs(ofAction name: String) -> JSON?
  /// The body of an action's outputs; `nil` when it is unknown, null when there is none.
  func body(ofAction name: String) -> JSON?
  /// The record of the action that the expression belongs to.
  var currentAction: JSON? { get }
  /// The element of the innermost loop or data operation.
  var item: JSON? { get }
  /// The element of the loop with this name.
  func item(ofLoop name: String) -> JSON?
  /// The iteration of the Until with this name, from 0.
  func iterationIndex(ofUntil name: String) -> Int?
  /// The records of the actions directly inside a scope.
  func result(ofScope name: String) -> JSON?
  var workflow: JSON? { get }
  func appSetting(named name: String) -> JSON?
  /// Where the other side reports back, in the request that subscribes a webhook.
  var callbackURL: String? { get }
  /// The time that `utcNow()` and its relatives see.
  var now: Timestamp { get }
  /// 64 random bits for `rand()` and `guid()`.
  func randomNumber() -> UInt64
}

extension Scope {
  package func parameter(named name: String) -> JSON? { nil }
  package func variable(named name: String) -> JSON? { nil }
  package var trigger: JSON? { nil }
  package func action(named name: String) -> JSON? { nil }
  package func outputs(ofAction name: String) -> JSON? {
    action(named: name).map { $0["outputs"] ?? .null }
  }
  package func body(ofAction name: String) -> JSON? {
    outputs(ofAction: name).map { $0.objectValue?.value(ignoringCaseOf: "body") ?? .null }
  }
  package var currentAction: JSON? { nil }
  package var item: JSON? { nil }
  package func item(ofLoop name: String) -> JSON? { nil }
  package func iterationIndex(ofUntil name: String) -> Int? { nil }
  package func result(ofScope name: String) -> JSON? { nil }
  package var workflow: JSON? { nil }
  package func appSetting(named name: String) -> JSON? { nil }
  package var callbackURL: String? { nil }
}

/// A scope without names, for expressions that must not refer to anything.
///
/// Time stands still at 1970 and the dice always show zero.
package struct EmptyScope: Scope {
  package init() {}

  package var now: Timestamp { Timestamp(ticks: 0) }
  package func randomNumber() -> UInt64 { 0 }
}
