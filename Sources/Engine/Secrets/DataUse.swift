/// Something that an expression reads and that may be secret.
///
/// Source: workflow language reference, section f.9.
package enum DataUse: Hashable, Sendable {
  /// What stands at this path of an action's outputs; a path that ends early means all below it.
  case outputs(action: Int, path: [String])
  case inputs(action: Int)
  /// In lower case.
  case variable(String)
  case trigger
  /// The elements of a loop.
  case elements(loop: Int)
  /// The element of the innermost loop.
  case innermostElement
  /// The record of the action that the expression belongs to.
  case currentAction
  /// Credentials: a secure parameter or an app setting.
  case credential
  /// Something whose name is known only when the expression is evaluated.
  case anything
}
