import OrderedJSON

/// An open flow as the features see it: its text, what is in it, and the project around.
struct OpenFlow {
  let document: TextDocument
  let tree: SyntaxTree
  let outline: FlowOutline
  let project: LanguageProject

  init(_ document: TextDocument, _ project: LanguageProject) {
    self.document = document
    self.project = project
    tree = SyntaxTree(document.bytes)
    outline = FlowOutline(tree)
  }

  /// The name of the flow: that of its file, or of the folder that holds `workflow.json`.
  var name: String { Self.name(document.uri) }

  static func name(_ uri: String) -> String {
    let parts = uri.split(separator: "/").map(String.init)
    let file = parts.last ?? ""
    let isFolder = ["workflow.json", "definition.json"].contains(file) && parts.count > 1
    let name = isFolder ? parts[parts.count - 2] : file
    return name.hasSuffix(".json") ? String(name.dropLast(5)) : name
  }

  /// The content of a string node, and where its bytes come from.
  func content(of node: SyntaxNode) -> (bytes: [UInt8], places: StringPlaces) {
    (Array((tree.text(node) ?? "").utf8), StringPlaces(document.bytes, literal: node.range))
  }

  /// The operation that the action or trigger around a path calls.
  func operation(around path: [String]) -> OperationUse? {
    let owner =
      outline.action(around: path).map { ($0.path, $0.type) }
      ?? outline.trigger(around: path).map { ($0.path, $0.type) }
    return owner.flatMap { OperationUse(self, $0.0, type: $0.1) }
  }
}
