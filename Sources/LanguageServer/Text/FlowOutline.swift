import Definitions
import OrderedJSON

/// The actions, triggers, variables and parameters of a text that may be half-written.
struct FlowOutline {
  struct Action {
    var name: String
    var type: String
    /// From the root of the text.
    var path: [String]
    var member: SyntaxMember
    /// The path of the `actions` object that it stands in.
    var block: [String]
    /// The loops around it, the innermost last.
    var loops: [String]
  }

  struct Trigger {
    var name: String
    var type: String
    var path: [String]
    var member: SyntaxMember
  }

  /// A variable or parameter, and the string or key that names it.
  struct Declaration {
    var name: String
    var type: String
    var place: Range<Int>
  }

  let tree: SyntaxTree
  /// Where the definition stands.
  let base: [String]
  private(set) var actions: [Action] = []
  private(set) var triggers: [Trigger] = []
  private(set) var variables: [Declaration] = []
  private(set) var parameters: [Declaration] = []

  init(_ tree: SyntaxTree) {
    self.tree = tree
    base = Self.base(tree)
    guard let definition = tree.root.node(at: base) else { return }
    for member in definition["triggers"]?.members ?? [] {
      let type = tree.text(member.value?["type"]) ?? ""
      let path = base + ["triggers", member.name]
      triggers.append(
        Trigger(
          name: member.name,
          type: Self.spelled(type, ActionTypes.triggers),
          path: path,
          member: member
        )
      )
    }
    for member in definition["parameters"]?.members ?? [] {
      let type = tree.text(member.value?["type"]) ?? ""
      parameters.append(Declaration(name: member.name, type: type, place: member.key.range))
    }
    if let block = definition["actions"] {
      addBlock(block, base + ["actions"], loops: [], depth: 0)
    }
  }

  private static func base(_ tree: SyntaxTree) -> [String] {
    let root = tree.root
    if root["definition"] != nil { return ["definition"] }
    if root.node(at: ["properties", "definition"]) != nil { return ["properties", "definition"] }
    guard case .array(let resources)? = root["resources"]?.kind else { return [] }
    for (index, resource) in resources.enumerated()
    where resource.node(at: ["properties", "definition"]) != nil {
      return ["resources", String(index), "properties", "definition"]
    }
    return []
  }

  private static func spelled(_ type: String, _ known: [String]) -> String {
    known.first { $0.lowercased() == type.lowercased() } ?? type
  }

  private mutating func addBlock(
    _ block: SyntaxNode,
    _ path: [String],
    loops: [String],
    depth: Int
  ) {
    guard depth < 64 else { return }
    for member in block.members {
      guard let value = member.value else { continue }
      let written = tree.text(value["type"]) ?? ""
      let type = Self.spelled(written, ActionTypes.actions + ActionTypes.unsupported)
      let own = path + [member.name]
      actions.append(
        Action(name: member.name, type: type, path: own, member: member, block: path, loops: loops)
      )
      addVariables(type, value)
      let inner = ["Foreach", "Until"].contains(type) ? loops + [member.name] : loops
      for (steps, block) in Self.blocks(of: value) {
        addBlock(block, own + steps, loops: inner, depth: depth + 1)
      }
    }
  }

  private static func blocks(of action: SyntaxNode) -> [([String], SyntaxNode)] {
    var blocks: [([String], SyntaxNode)] = []
    for steps in [["actions"], ["else", "actions"], ["default", "actions"]] {
      if let block = action.node(at: steps) { blocks.append((steps, block)) }
    }
    for member in action["cases"]?.members ?? [] {
      guard let block = member.value?["actions"] else { continue }
      blocks.append((["cases", member.name, "actions"], block))
    }
    return blocks
  }

  private mutating func addVariables(_ type: String, _ action: SyntaxNode) {
    guard type == "InitializeVariable",
      case .array(let elements)? = action.node(at: ["inputs", "variables"])?.kind
    else { return }
    for element in elements {
      guard let node = element["name"], let name = tree.text(node) else { continue }
      let type = tree.text(element["type"]) ?? ""
      variables.append(Declaration(name: name, type: type, place: node.range))
    }
  }

  // MARK: Finding

  func action(_ name: String) -> Action? {
    actions.first { $0.name.lowercased() == name.lowercased() }
  }

  /// The innermost action around a path.
  func action(around path: [String]) -> Action? {
    actions.last { path.starts(with: $0.path) }
  }

  func trigger(around path: [String]) -> Trigger? {
    triggers.last { path.starts(with: $0.path) }
  }
}
