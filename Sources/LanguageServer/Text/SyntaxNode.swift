import OrderedJSON

/// A value of a text that may be half-written.
final class SyntaxNode: Sendable {
  enum Kind: Sendable {
    case object([SyntaxMember])
    case array([SyntaxNode])
    case string
    /// A number, a word, or something that is neither.
    case scalar
    /// Nothing yet, after a colon.
    case missing
  }

  let kind: Kind
  let range: Range<Int>
  /// Whether its last bracket or quote is there.
  let isClosed: Bool

  init(_ kind: Kind, _ range: Range<Int>, isClosed: Bool = true) {
    self.kind = kind
    self.range = range
    self.isClosed = isClosed
  }

  var members: [SyntaxMember] { if case .object(let members) = kind { members } else { [] } }

  /// The last member with this key.
  subscript(key: String) -> SyntaxNode? { members.last { $0.name == key }?.value }

  /// The node at a path; an index leads into an array.
  func node(at path: some Sequence<String>) -> SyntaxNode? {
    var current = self
    for token in path {
      switch current.kind {
      case .object:
        guard let next = current[token] else { return nil }
        current = next
      case .array(let elements):
        guard let index = Int(token), elements.indices.contains(index) else { return nil }
        current = elements[index]
      default: return nil
      }
    }
    return current
  }
}

/// A member of an object, perhaps without its colon or value.
struct SyntaxMember: Sendable {
  let name: String
  /// With its quotes.
  let key: SyntaxNode
  let hasColon: Bool
  let value: SyntaxNode?
}
