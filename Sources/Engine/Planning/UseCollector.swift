import Definitions
import Expressions
import OrderedJSON

/// Finds what expressions read, down to the members they select.
struct UseCollector {
  private let names: PlannedNames
  private(set) var uses: [DataUse] = []

  init(names: PlannedNames) { self.names = names }

  mutating func visit(_ template: Template) {
    // Most templates refer to nothing; their nodes need no walk.
    guard !template.references.isEmpty else { return }
    template.forEachNode { visit($0) }
  }

  private mutating func visit(_ node: Node) {
    switch node {
    case .literal: break
    case .call(let call): visit(call, path: [], rest: [])
    case .selection(let selection):
      guard case .call(let call) = selection.base else {
        for child in node.children { visit(child) }
        return
      }
      visit(call, path: Self.path(selection.steps), rest: selection.steps.map(\.key))
    }
  }

  private mutating func visit(_ call: Node.Call, path: [String], rest: [Node]) {
    for use in uses(of: call, path) where !uses.contains(use) { uses.append(use) }
    for argument in call.arguments { visit(argument) }
    for key in rest { visit(key) }
  }

  /// The names selected one after the other, up to the first that is not written out.
  private static func path(_ steps: [Node.Step]) -> [String] {
    var path: [String] = []
    for step in steps {
      guard case .literal(let literal) = step.key else { break }
      switch literal.value {
      case .string(let name):
        path += name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
      case .integer(let index): path.append(String(index))
      default: return path
      }
    }
    return path
  }

  // MARK: Calls

  private func uses(of call: Node.Call, _ path: [String]) -> [DataUse] {
    switch call.name.lowercased() {
    case "trigger", "triggers", "triggerbody", "triggeroutputs", "triggerformdatavalue",
      "triggerformdatamultivalues", "triggermultipartbody":
      [.trigger]
    case "item": [.innermostElement]
    case "action": [.currentAction]
    case "appsetting": [.credential]
    case let function: named(function, call, path)
    }
  }

  private func named(_ function: String, _ call: Node.Call, _ path: [String]) -> [DataUse] {
    guard Self.readers.contains(function) else { return [] }
    guard case .literal(let literal)? = call.arguments.first, let name = literal.value.stringValue
    else { return [.anything] }
    switch function {
    case "parameters": return names.isSecure(parameter: name) ? [.credential] : []
    case "variables": return [.variable(name.lowercased())]
    case "items": return names.place(of: name).map { [.elements(loop: $0)] } ?? []
    case "result": return names.content(of: name).flatMap(Self.record)
    case "actions": return names.place(of: name).map { Self.record($0, path) } ?? []
    case "outputs", "actionoutputs":
      return names.place(of: name).map { [.outputs(action: $0, path: path)] } ?? []
    case "body", "actionbody":
      return names.place(of: name).map { [.outputs(action: $0, path: ["body"] + path)] } ?? []
    default: return names.place(of: name).map { [.outputs(action: $0, path: ["body"])] } ?? []
    }
  }

  private static let readers: Set<String> = [
    "parameters", "variables", "items", "result", "actions", "outputs", "actionoutputs", "body",
    "actionbody", "formdatavalue", "formdatamultivalues", "multipartbody",
  ]

  private static func record(_ action: Int) -> [DataUse] { record(action, []) }

  /// What a path into an action's record reads.
  private static func record(_ action: Int, _ path: [String]) -> [DataUse] {
    switch path.first?.lowercased() {
    case "outputs": [.outputs(action: action, path: Array(path.dropFirst()))]
    case "inputs": [.inputs(action: action)]
    case "status", "code", "name", "starttime", "endtime", "trackingid", "clienttrackingid": []
    default: [.outputs(action: action, path: []), .inputs(action: action)]
    }
  }
}
