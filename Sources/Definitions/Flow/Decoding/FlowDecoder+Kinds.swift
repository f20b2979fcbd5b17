import Diagnostics
import OrderedJSON

extension FlowDecoder {
  mutating func kind(
    _ type: String,
    _ name: String,
    _ definition: JSONObject,
    _ pointer: JSONPointer,
    _ depth: Int
  ) -> ActionKind {
    if let plain = Self.plainKinds[type] { return plain }
    switch type {
    case "Expression": return expressionKind(definition, pointer)
    case "Scope": return .scope(body(definition, pointer, depth))
    case "If": return condition(definition, name, pointer, depth)
    case "Switch": return switching(definition, name, pointer, depth)
    case "Foreach": return forEach(definition, name, pointer, depth)
    case "Until": return until(definition, name, pointer, depth)
    default: return unsupported(type, name, pointer)
    }
  }

  private static let plainKinds: [String: ActionKind] = [
    "Compose": .compose, "ParseJson": .parseJSON, "Query": .query, "Select": .select, "Join": .join,
    "Table": .table, "InitializeVariable": .initializeVariable, "SetVariable": .setVariable,
    "IncrementVariable": .incrementVariable, "DecrementVariable": .decrementVariable,
    "AppendToStringVariable": .appendToStringVariable,
    "AppendToArrayVariable": .appendToArrayVariable, "Terminate": .terminate, "Wait": .wait,
    "Http": .http, "HttpWebhook": .httpWebhook, "Response": .response, "Workflow": .workflow,
    "SendToBatch": .sendToBatch,
    "ApiConnection": .connector(isWebhook: false),
    "OpenApiConnection": .connector(isWebhook: false),
    "ApiConnectionWebhook": .connector(isWebhook: true),
    "OpenApiConnectionWebhook": .connector(isWebhook: true),
    "OpenApiConnectionNotification": .connector(isWebhook: true),
  ]

  private mutating func unsupported(_ type: String, _ name: String, _ pointer: JSONPointer)
    -> ActionKind
  {
    if ActionTypes.unsupported.contains(type) {
      report(
        .unsupportedAction,
        "action '\(name)' of type '\(type)' cannot run here",
        pointer.appending("type"),
        hint: "replace it, or start runs that never reach it with --allow-unsupported"
      )
    }
    return .unsupported
  }

  private mutating func expressionKind(_ definition: JSONObject, _ pointer: JSONPointer)
    -> ActionKind
  {
    let kinds = FlowLanguage.timeKinds
    let written = definition["kind"]?.stringValue ?? ""
    if let match = kinds.first(where: { $0.lowercased() == written.lowercased() }) {
      return .expression(match)
    }
    report(
      .valueOutOfRange,
      "'\(written)' is no kind of Expression action",
      pointer.appending("kind"),
      hint: "use one of \(kinds.joined(separator: ", "))"
    )
    return .unsupported
  }

  // MARK: Control

  private mutating func body(_ definition: JSONObject, _ pointer: JSONPointer, _ depth: Int)
    -> ActionKind.Block
  {
    block(definition["actions"], at: pointer.appending("actions"), depth: depth + 1)
  }

  private mutating func required(
    _ member: String,
    _ definition: JSONObject,
    _ name: String,
    _ pointer: JSONPointer
  ) -> JSON {
    if let value = definition[member] { return value }
    report(
      .missingMember,
      "action '\(name)' has no '\(member)'",
      pointer,
      hint: "add \"\(member)\"",
      onKey: true,
      member: member
    )
    return .null
  }

  private mutating func condition(
    _ definition: JSONObject,
    _ name: String,
    _ pointer: JSONPointer,
    _ depth: Int
  ) -> ActionKind {
    let otherwise = pointer.appending("else")
    return .condition(
      expression: required("expression", definition, name, pointer),
      then: body(definition, pointer, depth),
      otherwise: body(object(definition["else"], otherwise), otherwise, depth)
    )
  }

  private mutating func switching(
    _ definition: JSONObject,
    _ name: String,
    _ pointer: JSONPointer,
    _ depth: Int
  ) -> ActionKind {
    let place = pointer.appending("cases")
    let members = object(definition["cases"], place).members
    if definition["cases"] == nil {
      report(
        .missingMember,
        "action '\(name)' has no 'cases', so that nothing or its default is done",
        pointer,
        hint: "add \"cases\": {\"Name\": {\"case\": …, \"actions\": {…}}}",
        severity: .warning,
        onKey: true,
        member: "cases"
      )
    }
    if members.count > 25 {
      report(
        .valueOutOfRange,
        "a Switch may have 25 cases, not \(members.count)",
        place,
        hint: "put a second Switch into its default"
      )
    }
    let cases = members.map { member in
      let casePlace = place.appending(member.key)
      let content = object(member.value, casePlace)
      return ActionKind.Case(
        name: member.key,
        value: caseValue(content, member.key, casePlace),
        block: body(content, casePlace, depth)
      )
    }
    checkDistinct(cases, place)
    let fallback = pointer.appending("default")
    return .switching(
      expression: required("expression", definition, name, pointer),
      cases: cases,
      otherwise: body(object(definition["default"], fallback), fallback, depth)
    )
  }

  /// Only the first of equal cases could ever be taken.
  private mutating func checkDistinct(_ cases: [ActionKind.Case], _ pointer: JSONPointer) {
    for (index, later) in cases.enumerated() {
      guard
        let earlier = cases[..<index].first(where: { earlier in
          earlier.value.kindName == later.value.kindName && earlier.value == later.value
        })
      else { continue }
      report(
        .valueOutOfRange,
        "the case '\(later.name)' has the same value as '\(earlier.name)'",
        pointer.appending(later.name).appending("case"),
        hint: "give each case a value of its own"
      )
    }
  }

  private mutating func caseValue(_ content: JSONObject, _ name: String, _ pointer: JSONPointer)
    -> JSON
  {
    let value = required("case", content, name, pointer)
    switch value {
    case .string(let text) where text.hasPrefix("@") && !text.hasPrefix("@@"):
      report(
        .valueOutOfRange,
        "a case is a constant and no expression",
        pointer.appending("case"),
        hint: "compare with an If instead"
      )
    case .string, .integer, .null: break
    default:
      report(
        .wrongJSONType,
        "a case is a string or an integer",
        pointer.appending("case"),
        hint: "put it between double quotes, or compare with an If instead"
      )
    }
    return value
  }

  private mutating func forEach(
    _ definition: JSONObject,
    _ name: String,
    _ pointer: JSONPointer,
    _ depth: Int
  ) -> ActionKind {
    let options = definition["operationOptions"]?.stringValue?.lowercased() ?? ""
    let isSequential = options.contains("sequential")
    let repetitions = definition["runtimeConfiguration"]?["concurrency"]?["repetitions"]
    let place = pointer.appending("runtimeConfiguration").appending("concurrency")
    if isSequential, repetitions != nil {
      report(
        .valueOutOfRange,
        "'repetitions' and 'Sequential' exclude each other",
        place,
        hint: "remove one of them"
      )
    }
    let degree = repetitions?.integerValue ?? 20
    if !(1...50).contains(degree) {
      report(
        .valueOutOfRange,
        "'repetitions' is \(repetitions?.text ?? ""); 1 to 50 are allowed",
        place.appending("repetitions"),
        hint: "write a whole number such as 20"
      )
    }
    return .forEach(
      items: required("foreach", definition, name, pointer),
      degree: isSequential ? 1 : Int(min(max(degree, 1), 50)),
      body: body(definition, pointer, depth)
    )
  }

  private mutating func until(
    _ definition: JSONObject,
    _ name: String,
    _ pointer: JSONPointer,
    _ depth: Int
  ) -> ActionKind {
    let limit = pointer.appending("limit")
    let written = definition["limit"]?["count"]
    let count = written.map { $0.integerValue ?? $0.stringValue.flatMap { Int64($0) } ?? 0 } ?? 60
    if !(1...5000).contains(count) {
      report(
        .valueOutOfRange,
        "'count' is \(written?.text ?? ""); 1 to 5000 are allowed",
        limit.appending("count"),
        hint: "write a whole number such as 60"
      )
    }
    let timeout = duration(definition["limit"]?["timeout"], limit.appending("timeout"))
    return .until(
      ActionKind.Until(
        expression: required("expression", definition, name, pointer),
        count: Int(min(max(count, 1), 5000)),
        timeout: timeout ?? .seconds(3600),
        body: body(definition, pointer, depth)
      )
    )
  }
}
