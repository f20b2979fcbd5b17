package import Definitions
import Engine
package import OrderedJSON

/// An action that a replay may send again.
package struct RepeatedCall: Sendable {
  /// As `Send[3]`.
  package var action: String
  package var type: String
  /// The method of its request, in upper case; `nil` for actions that send none of their own, or
  /// when it is not known before it runs.
  package var method: String?
  /// How it ended before; `nil` when it did not come to it.
  package var previous: ActionStatus?
  /// Whether it runs again because it was changed.
  package var isChanged: Bool
  /// Whether it may have changed something outside before, which sending again may do once more.
  package var repeatsSideEffect: Bool

  package var json: JSON {
    [
      "action": .string(action), "type": .string(type),
      "method": method.map { .string($0) } ?? .null,
      "previousStatus": previous.map { .string($0.rawValue) } ?? .null,
      "changed": .bool(isChanged), "repeatsSideEffect": .bool(repeatsSideEffect),
    ]
  }
}
