import Connectors
import Definitions
import Expressions
import OrderedJSON

/// What may be written at a place.
///
/// Source: Language Server Protocol 3.17, section Completion Request.
struct Completion {
  private let flow: OpenFlow
  private let cursor: SyntaxCursor
  private var items: [JSON] = []

  /// The items for an offset of a document.
  static func items(in flow: OpenFlow, at offset: Int) -> [JSON] {
    var completion = Completion(flow: flow, cursor: SyntaxCursor(flow.tree, at: offset))
    completion.collect()
    return completion.items
  }

  private init(flow: OpenFlow, cursor: SyntaxCursor) {
    self.flow = flow
    self.cursor = cursor
  }

  private mutating func collect() {
    switch cursor.spot {
    case .nothing: return
    case .key(let member): addKeys(member)
    case .value(let node):
      if let node, case .string = node.kind, addExpression(in: node) { return }
      addValues(node)
    }
  }

  // MARK: Keys

  private mutating func addKeys(_ member: SyntaxMember?) {
    let taken = Set((cursor.object?.members ?? []).map(\.name)).subtracting([member?.name ?? ""])
    let place = FlowPlace(cursor.path, in: flow.outline)
    switch place.shape {
    case .object(let members)?:
      for shape in members where !taken.contains(shape.name) {
        addKey(shape.name, shape.shape, shape.summary, isRequired: shape.isRequired, member)
      }
    case .predecessors?: addPredecessors(taken, member)
    default: break
    }
    if cursor.path.last == "parameters" { addParameters(taken, member) }
  }

  private mutating func addPredecessors(_ taken: Set<String>, _ member: SyntaxMember?) {
    guard let own = flow.outline.action(around: cursor.path) else { return }
    for other in flow.outline.actions
    where other.block == own.block && other.name != own.name && !taken.contains(other.name) {
      addKey(other.name, .predecessors, other.type, isRequired: false, member)
    }
  }

  private mutating func addParameters(_ taken: Set<String>, _ member: SyntaxMember?) {
    guard let use = flow.operation(around: cursor.path) else { return }
    for row in use.rows where !taken.contains(row.flowKey) {
      let summary = [row.type, row.name, row.description].filter { !$0.isEmpty }
      let text = summary.joined(separator: " · ")
      addKey(row.flowKey, nil, text, isRequired: row.isRequired, member)
    }
  }

  private mutating func addKey(
    _ name: String,
    _ shape: ValueShape?,
    _ summary: String,
    isRequired: Bool,
    _ member: SyntaxMember?
  ) {
    let key = JSON.string(name).text
    let text = member?.hasColon == true ? key : "\(key): \(Self.start(of: shape))"
    add(
      name,
      kind: 10,
      text,
      detail: summary,
      sort: (isRequired ? "0" : "1") + name,
      filter: key
    )
  }

  /// What a value of a shape begins as.
  private static func start(of shape: ValueShape?) -> String {
    switch shape {
    case .object?, .map?, .actions?: "{}"
    case .predecessors?: "[\"Succeeded\"]"
    case .list?: "[]"
    case .integer?: "1"
    case .text?, .choice?, .options?, .duration?: "\"\""
    default: ""
    }
  }

  // MARK: Values

  private mutating func addValues(_ node: SyntaxNode?) {
    let place = FlowPlace(cursor.path, in: flow.outline)
    let name = cursor.path.last ?? ""
    let owner = FlowPlace(Array(cursor.path.dropLast()), in: flow.outline)
    switch (owner.kind, name) {
    case (.trigger, "type"): addWords(ActionTypes.triggers, kind: 7)
    case (.action, "type"): addWords(ActionTypes.actions, kind: 7)
    default: break
    }
    switch place.shape {
    case .choice(let words)?, .options(let words)?: addWords(words, kind: 12)
    case .boolean?: for word in ["true", "false"] { add(word, kind: 12, word) }
    default: break
    }
    addNames(name)
    addChoices(name)
  }

  private mutating func addWords(_ words: [String], kind: Int64) {
    for word in words {
      add(word, kind: kind, JSON.string(word).text, filter: JSON.string(word).text)
    }
  }

  /// Connections, operations and variables, by the member that names them.
  private mutating func addNames(_ name: String) {
    switch name {
    case "connectionName", "referenceName":
      for (name, connector) in flow.project.connections().sorted(by: { $0.key < $1.key }) {
        addString(name, kind: 9, detail: connector)
      }
    case "operationId": addOperations()
    case "name" where cursor.path.dropLast().last == "inputs":
      guard let type = flow.outline.action(around: cursor.path)?.type, type.hasSuffix("Variable")
      else { return }
      for variable in flow.outline.variables {
        addString(variable.name, kind: 6, detail: variable.type)
      }
    default: break
    }
  }

  private mutating func addOperations() {
    guard let use = flow.operation(around: cursor.path) else { return }
    for operation in use.connector.operations
    where operation.visibility != .internal && (operation.trigger != nil) == use.isTrigger {
      addString(
        operation.id,
        kind: 3,
        detail: operation.title,
        documentation: operation.description
      )
    }
  }

  /// The listed values of an operation's input.
  private mutating func addChoices(_ name: String) {
    guard let index = cursor.path.lastIndex(of: "parameters"), index + 1 < cursor.path.count,
      let use = flow.operation(around: cursor.path), let operation = use.operation,
      let choices = try? ParameterChoices(
        key: cursor.path.dropFirst(index + 1).filter { Int($0) == nil }.joined(separator: "/"),
        operation: operation,
        of: use.connector
      ), case .listed(let listed) = choices
    else { return }
    for choice in listed {
      let text = choice.value.text
      add(choice.value.stringValue ?? text, kind: 12, text, detail: choice.title, filter: text)
    }
  }

  // MARK: Expressions

  /// Whether the cursor stands in an expression.
  private mutating func addExpression(in node: SyntaxNode) -> Bool {
    let (content, places) = flow.content(of: node)
    let position = places.content(at: cursor.offset)
    guard let expression = ExpressionCursor(content, at: position) else { return false }
    if let literal = expression.literal {
      guard let call = expression.calls.last, call.argument == 0 else { return true }
      let range = places.source(of: literal)
      for (name, detail) in names(for: call.name) {
        let quoted = name.replacing("'", with: "''")
        add(
          name,
          kind: 6,
          String(JSON.string(quoted).text.dropFirst().dropLast()),
          detail: detail,
          range: range
        )
      }
      return true
    }
    let range = places.source(of: expression.word)
    for function in FunctionTable.all {
      let hasArguments = !function.parameters.isEmpty
      add(
        function.name,
        kind: 3,
        "\(function.name)(\(hasArguments ? "" : ")")",
        detail: function.signature,
        documentation: FunctionPage.text(function),
        range: range
      )
    }
    return true
  }

  /// What the first argument of a function may name.
  private func names(for function: String) -> [(String, String)] {
    let outline = flow.outline
    switch function.lowercased() {
    case "actions", "outputs", "body", "actionoutputs", "actionbody", "formdatavalue",
      "formdatamultivalues", "multipartbody":
      return outline.actions.map { ($0.name, $0.type) }
    case "result":
      let containers = ["Scope", "If", "Switch", "Foreach", "Until"]
      return outline.actions.filter { containers.contains($0.type) }.map { ($0.name, $0.type) }
    case "items", "iterationindexes":
      let type = function.lowercased() == "items" ? "Foreach" : "Until"
      let loops = outline.action(around: cursor.path)?.loops ?? []
      return loops.reversed().filter { outline.action($0)?.type == type }.map { ($0, type) }
    case "variables": return outline.variables.map { ($0.name, $0.type) }
    case "parameters":
      return outline.parameters.map { ($0.name, $0.type) } + [("$connections", "object")]
    default: return []
    }
  }

  // MARK: Items

  private mutating func addString(
    _ name: String,
    kind: Int64,
    detail: String,
    documentation: String? = nil
  ) {
    let text = JSON.string(name).text
    add(name, kind: kind, text, detail: detail, documentation: documentation, filter: text)
  }

  private mutating func add(
    _ label: String,
    kind: Int64,
    _ text: String,
    detail: String? = nil,
    documentation: String? = nil,
    sort: String? = nil,
    filter: String? = nil,
    range: Range<Int>? = nil
  ) {
    let edit = CompletionEdit(text, range ?? cursor.replaced, in: flow.document)
    var item: JSONObject = [
      "label": .string(label), "kind": .integer(kind), "textEdit": edit.json,
    ]
    item["additionalTextEdits"] = edit.rest.map { [$0] }
    item["detail"] = detail.map { .string($0) }
    item["documentation"] = documentation.map { ["kind": "markdown", "value": .string($0)] }
    item["sortText"] = sort.map { .string($0) }
    item["filterText"] = edit.isInside ? nil : filter.map { .string($0) }
    items.append(.object(item))
  }
}
