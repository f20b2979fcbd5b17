/// A parsed XPath expression.
///
/// Source: W3C XPath 1.0.
indirect enum XPathExpression: Sendable {
  case number(Double)
  case literal(String)
  case negation(XPathExpression)
  case binary(Operator, XPathExpression, XPathExpression)
  case call(XPathFunction, [XPathExpression])
  case filter(XPathExpression, [XPathExpression])
  /// Steps from the context node.
  case relative([Step])
  /// Steps from the document.
  case absolute([Step])
  /// Steps from the nodes of an expression.
  case path(XPathExpression, [Step])

  enum Operator: Sendable {
    case or, and, equal, unequal, less, lessOrEqual, greater, greaterOrEqual
    case add, subtract, multiply, divide, remainder, union
  }

  struct Step: Sendable {
    let axis: Axis
    let test: Test
    let predicates: [XPathExpression]

    /// What `//` stands for.
    static let descendants = Step(axis: .descendantOrSelf, test: .node, predicates: [])
  }

  enum Axis: String, Sendable {
    case ancestor
    case ancestorOrSelf = "ancestor-or-self"
    case attribute
    case child
    case descendant
    case descendantOrSelf = "descendant-or-self"
    case following
    case followingSibling = "following-sibling"
    case namespace
    case parent
    case preceding
    case precedingSibling = "preceding-sibling"
    case itself = "self"

    /// Whether positions count backwards through the document.
    var isReverse: Bool {
      switch self {
      case .ancestor, .ancestorOrSelf, .preceding, .precedingSibling: true
      default: false
      }
    }
  }

  enum Test: Sendable {
    case node
    case text
    case comment
    case instruction(String?)
    /// Any element or attribute.
    case any
    /// An element or attribute without a namespace.
    case name(String)
  }
}

/// What an XPath expression gives.
enum XPathValue {
  case nodes([Int])
  case number(Double)
  case string(String)
  case boolean(Bool)
}
