import Diagnostics
import OrderedJSON
import Timekeeping

extension FlowDecoder {
  /// Decodes one `actions` object; `depth` counts the levels of nesting from 1.
  mutating func block(_ value: JSON?, at pointer: JSONPointer, depth: Int) -> ActionKind.Block {
    let members = object(value, pointer).members
    if depth == 9, !members.isEmpty {
      report(
        .nestingTooDeep,
        "actions nest deeper than 8 levels",
        pointer,
        hint: "move them to a flow of their own and call it with an action of type Workflow"
      )
    }
    let actions = members.map {
      action($0.key, $0.value, at: pointer.appending($0.key), depth: depth)
    }
    return ActionKind.Block(actions: actions, pointer: pointer)
  }

  private mutating func action(
    _ name: String,
    _ value: JSON,
    at pointer: JSONPointer,
    depth: Int
  ) -> FlowAction {
    let definition = object(value, pointer)
    checkName(name, pointer)
    let written = type(of: value, pointer, what: "action '\(name)'")
    let type = canonicalType(written, pointer)
    let secured = secureProperties(definition)
    return FlowAction(
      name: name,
      type: type,
      kind: kind(type, name, definition, pointer, depth),
      inputs: definition["inputs"] ?? .null,
      runAfter: runAfter(definition["runAfter"], pointer.appending("runAfter")),
      timeout: type == "Until" ? nil : timeout(definition, pointer),
      retryPolicy: retryPolicy(definition, pointer),
      secureInputs: secured.contains("inputs"),
      secureOutputs: secured.contains("outputs"),
      trackedProperties: definition["trackedProperties"],
      operationOptions: operationOptions(definition),
      runtimeConfiguration: object(
        definition["runtimeConfiguration"],
        pointer.appending("runtimeConfiguration")
      ),
      pointer: pointer
    )
  }

  private mutating func checkName(_ name: String, _ pointer: JSONPointer) {
    if !actionNames.insert(name.lowercased()).inserted {
      report(
        .duplicateActionName,
        "another action is named '\(name)'",
        pointer,
        hint: "give each action a name of its own; case does not count",
        onKey: true
      )
    }
    if name.isEmpty || name.count > 80 {
      report(
        .valueOutOfRange,
        "the name has \(name.count) characters; 1 to 80 are allowed",
        pointer,
        hint: "give the action a name of 1 to 80 characters; a description may say more",
        onKey: true
      )
    }
  }

  private mutating func canonicalType(_ written: String, _ pointer: JSONPointer) -> String {
    let known = ActionTypes.actions + ActionTypes.unsupported
    if let match = known.first(where: { $0.lowercased() == written.lowercased() }) { return match }
    if !written.isEmpty { reportUnknownType(written, among: known, what: "action", pointer) }
    return written
  }

  private mutating func timeout(_ definition: JSONObject, _ pointer: JSONPointer) -> Duration? {
    duration(definition["limit"]?["timeout"], pointer.appending("limit").appending("timeout"))
  }

  private func operationOptions(_ definition: JSONObject) -> Set<String> {
    let text = definition["operationOptions"]?.stringValue ?? ""
    return Set(text.lowercased().split(separator: ",").map { $0.filter { $0 != " " } })
  }

  private mutating func runAfter(_ value: JSON?, _ pointer: JSONPointer) -> [RunAfter] {
    object(value, pointer).members.map { member in
      let place = pointer.appending(member.key)
      let listed = member.value.arrayValue ?? []
      if listed.isEmpty {
        report(
          .wrongJSONType,
          "'\(member.key)' needs a list of statuses",
          place,
          hint: "write [\"Succeeded\"]"
        )
      }
      var statuses: [ActionStatus] = []
      for (index, item) in listed.enumerated() {
        guard let status = runAfterStatus(item, place.appending(index)) else { continue }
        statuses.append(status)
      }
      return RunAfter(action: member.key, statuses: statuses)
    }
  }

  private mutating func runAfterStatus(_ value: JSON, _ pointer: JSONPointer) -> ActionStatus? {
    let allowed: [ActionStatus] = [.succeeded, .failed, .skipped, .timedOut]
    if let text = value.stringValue, let status = ActionStatus(ignoringCase: text),
      allowed.contains(status)
    {
      return status
    }
    let names = allowed.map(\.rawValue)
    let nearest = value.stringValue.flatMap { NearestName.suggestion(for: $0, among: names) }
    report(
      .unknownRunAfterStatus,
      "\(value.text) is no status that runAfter knows",
      pointer,
      hint: nearest.map { "did you mean '\($0)'?" } ?? "use \(names.joined(separator: ", "))"
    )
    return nil
  }
}
