/// The nodes in each direction from a node, nearest first.
///
/// Source: W3C XPath 1.0, section 2.2.
enum XPathAxes {
  static func nodes(on axis: XPathExpression.Axis, from node: Int, in tree: XMLTree) -> [Int] {
    switch axis {
    case .child: children(of: node, tree)
    case .attribute: attributes(of: node, tree)
    case .itself: [node]
    case .parent: node == 0 ? [] : [tree[node].parent]
    case .ancestor: ancestors(of: node, tree)
    case .ancestorOrSelf: [node] + ancestors(of: node, tree)
    case .descendant: descendants(of: node, tree)
    case .descendantOrSelf: [node] + descendants(of: node, tree)
    case .followingSibling: siblings(of: node, tree).filter { $0 > node }
    case .precedingSibling: siblings(of: node, tree).filter { $0 < node }.reversed()
    case .following: following(node, tree)
    case .preceding: preceding(node, tree)
    case .namespace: []
    }
  }

  /// How many nodes are looked at to find those of an axis, beyond the nodes found.
  static func cost(of axis: XPathExpression.Axis, from node: Int, in tree: XMLTree) -> Int {
    switch axis {
    case .following, .preceding: tree.count
    case .followingSibling, .precedingSibling: tree[tree[node].parent].children.count
    default: 1
    }
  }

  /// Declarations and document types are no nodes, and text that continues other text is part of
  /// it.
  static func children(of node: Int, _ tree: XMLTree) -> [Int] {
    var children: [Int] = []
    var previousIsText = false
    for child in tree[node].children {
      switch tree[child].kind {
      case .declaration, .documentType: continue
      case .text, .cdata, .whitespace:
        if !previousIsText { children.append(child) }
        previousIsText = true
      default:
        children.append(child)
        previousIsText = false
      }
    }
    return children
  }

  private static func attributes(of node: Int, _ tree: XMLTree) -> [Int] {
    tree[node].attributes.filter { tree[$0].name.namespace != XMLTree.declarationNamespace }
  }

  private static func ancestors(of node: Int, _ tree: XMLTree) -> [Int] {
    var ancestors: [Int] = []
    var current = node
    while current != 0 {
      current = tree[current].parent
      ancestors.append(current)
    }
    return ancestors
  }

  private static func descendants(of node: Int, _ tree: XMLTree) -> [Int] {
    var found: [Int] = []
    var open = Array(children(of: node, tree).reversed())
    while let next = open.popLast() {
      found.append(next)
      open.append(contentsOf: children(of: next, tree).reversed())
    }
    return found
  }

  private static func siblings(of node: Int, _ tree: XMLTree) -> [Int] {
    node == 0 || tree[node].kind == .attribute ? [] : children(of: tree[node].parent, tree)
  }

  private static func following(_ node: Int, _ tree: XMLTree) -> [Int] {
    let inside = Set(descendants(of: node, tree))
    return descendants(of: 0, tree).filter { $0 > node && !inside.contains($0) }
  }

  private static func preceding(_ node: Int, _ tree: XMLTree) -> [Int] {
    let above = Set(ancestors(of: node, tree))
    return descendants(of: 0, tree).filter { $0 < node && !above.contains($0) }.reversed()
  }
}
