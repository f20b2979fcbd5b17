import OrderedJSON

/// What stands at an offset of a text.
struct SyntaxCursor {
  enum Spot {
    /// A member's key, or a place where one may be written.
    case key(SyntaxMember?)
    /// A value, or a place where one may be written.
    case value(SyntaxNode?)
    case nothing
  }

  /// Leads to the object of a key, or to the value.
  private(set) var path: [String] = []
  /// The object of a key, or the one that holds the value.
  private(set) var object: SyntaxNode?
  private(set) var spot = Spot.nothing
  let offset: Int

  init(_ tree: SyntaxTree, at offset: Int) {
    self.offset = offset
    var current = tree.root
    while let next = descend(into: current) { current = next }
  }

  /// The bytes that a completion replaces: the whole string or word, or nothing.
  var replaced: Range<Int> {
    switch spot {
    case .key(let member?): member.key.range
    case .value(let node?) where node.range.contains(offset) || node.range.upperBound == offset:
      node.range
    default: offset..<offset
    }
  }

  private mutating func descend(into node: SyntaxNode) -> SyntaxNode? {
    switch node.kind {
    case .object(let members):
      guard isInside(node) else { break }
      return descend(into: node, members)
    case .array(let elements):
      guard isInside(node) else { break }
      for (index, element) in elements.enumerated() where touches(element) {
        path.append(String(index))
        return element
      }
      path.append(String(elements.count { $0.range.upperBound <= offset }))
      spot = .value(nil)
      return nil
    case .string, .scalar, .missing:
      spot = .value(node)
      return nil
    }
    spot = .nothing
    return nil
  }

  private mutating func descend(into node: SyntaxNode, _ members: [SyntaxMember]) -> SyntaxNode? {
    object = node
    for (index, member) in members.enumerated() {
      if member.key.range.lowerBound < offset, isBefore(member.key, offset) {
        spot = .key(member)
        return nil
      }
      guard let value = member.value else { continue }
      let next = index + 1 < members.count ? members[index + 1].key.range.lowerBound : Int.max
      let isOpen = if case .missing = value.kind { true } else { false }
      if touches(value) || (isOpen && offset >= value.range.lowerBound && offset < next) {
        path.append(member.name)
        return value
      }
      // Between the colon and the value.
      if offset > member.key.range.upperBound, offset < value.range.lowerBound {
        path.append(member.name)
        spot = .value(nil)
        return nil
      }
    }
    spot = .key(nil)
    return nil
  }

  /// Whether an offset lies before the end of a string: on its closing quote it still does.
  private func isBefore(_ node: SyntaxNode, _ offset: Int) -> Bool {
    offset < node.range.upperBound || (!node.isClosed && offset == node.range.upperBound)
  }

  private func touches(_ node: SyntaxNode) -> Bool {
    switch node.kind {
    case .object, .array: isInside(node)
    case .string: node.range.lowerBound < offset && isBefore(node, offset)
    case .scalar: node.range.lowerBound <= offset && offset <= node.range.upperBound
    case .missing: false
    }
  }

  private func isInside(_ node: SyntaxNode) -> Bool {
    node.range.lowerBound < offset
      && (offset < node.range.upperBound || (!node.isClosed && offset <= node.range.upperBound))
  }
}
