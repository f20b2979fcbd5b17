import OrderedJSON

/// Something that an expression refers to by name.
package enum Reference: Hashable, Sendable {
  case action(String)
  case variable(String)
  case parameter(String)
  /// The element of a loop.
  case loop(String)
  /// The iteration of an Until.
  case until(String)
  /// The results of the actions of a scope.
  case scope(String)
  case appSetting(String)
  case trigger
  /// The record of the action that the expression belongs to.
  case currentAction
  /// The element of the innermost loop or data operation.
  case item
  case workflow
  case callbackURL
  /// A function whose name argument is known only at run time.
  case dynamic(function: String)
}

/// Gathers references, each once.
struct ReferenceCollector {
  private(set) var references: [Reference] = []
  private var seen: Set<Reference> = []

  mutating func visit(_ node: Node) {
    if case .call(let call) = node, let reference = Self.reference(of: call),
      seen.insert(reference).inserted
    {
      references.append(reference)
    }
    for child in node.children { visit(child) }
  }

  static func reference(of call: Node.Call) -> Reference? {
    switch call.name.lowercased() {
    case "trigger", "triggers", "triggerbody", "triggeroutputs", "triggerformdatavalue",
      "triggerformdatamultivalues", "triggermultipartbody":
      .trigger
    case "item": .item
    case "action": .currentAction
    case "workflow": .workflow
    case "listcallbackurl": .callbackURL
    case let function: named(function, call)
    }
  }

  private static func named(_ function: String, _ call: Node.Call) -> Reference? {
    guard let make = makers[function] else { return nil }
    guard case .literal(let literal) = call.arguments.first, let name = literal.value.stringValue
    else { return .dynamic(function: call.function?.name ?? call.name) }
    return make(name)
  }

  private static let makers: [String: @Sendable (String) -> Reference] = [
    "parameters": { .parameter($0) }, "variables": { .variable($0) },
    "appsetting": { .appSetting($0) }, "actions": { .action($0) }, "outputs": { .action($0) },
    "body": { .action($0) }, "actionoutputs": { .action($0) }, "actionbody": { .action($0) },
    "formdatavalue": { .action($0) }, "formdatamultivalues": { .action($0) },
    "multipartbody": { .action($0) }, "items": { .loop($0) }, "iterationindexes": { .until($0) },
    "result": { .scope($0) },
  ]
}
