package import Expressions
import OrderedJSON

/// A step that a pure function of its inputs completes.
///
/// Source: workflow language reference, section d.1.
package enum DataOperation: Sendable {
  case compose(Template)
}
