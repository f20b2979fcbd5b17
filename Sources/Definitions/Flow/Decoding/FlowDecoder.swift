import Diagnostics
import OrderedJSON
import Timekeeping

/// Turns a definition into the model and collects every problem on the way.
struct FlowDecoder {
  let source: FlowSource
  var diagnostics: [Diagnostic] = []
  /// Names already taken, in lower case.
  var actionNames: Set<String> = []

  init(source: FlowSource) { self.source = source }

  mutating func decode(name: String, container: FlowContainer) -> Flow {
    let definition = container.definition
    let pointer = container.pointer
    for place in container.unresolved { reportUnresolved(place) }
    let flow = Flow(
      name: name,
      kind: kind(container),
      definition: .object(definition),
      parameters: parameters(definition, pointer.appending("parameters")),
      triggers: triggers(definition, pointer.appending("triggers")),
      actions: block(definition["actions"], at: pointer.appending("actions"), depth: 1).actions,
      outputs: outputs(definition, pointer.appending("outputs")),
      staticResults: object(definition["staticResults"], pointer.appending("staticResults")),
      parameterValues: container.parameterValues,
      connectionReferences: container.connectionReferences,
      source: source
    )
    if actionNames.count > Flow.actionLimit { reportTooManyActions(pointer) }
    return flow
  }

  private mutating func reportTooManyActions(_ pointer: JSONPointer) {
    report(
      .nestingTooDeep,
      "the flow has \(actionNames.count) actions; \(Flow.actionLimit) are allowed",
      pointer,
      hint: "move a part to a flow of its own, which an action of type 'Workflow' calls; "
        + "the rest is checked once there are fewer"
    )
  }

  private mutating func kind(_ container: FlowContainer) -> Flow.Kind {
    let kinds = ["Stateful", "Stateless"]
    let place = JSONPointer(container.pointer.tokens.dropLast() + ["kind"])
    if let written = container.kind, source.document.value.value(at: place) != nil,
      let near = NearestName.suggestion(for: written, among: kinds),
      near.lowercased() != written.lowercased()
    {
      report(
        .valueOutOfRange,
        "'\(written)' is no kind of flow",
        place,
        hint: "did you mean '\(near)'?"
      )
    }
    return container.kind?.lowercased() == "stateless" ? .stateless : .stateful
  }

  // MARK: Parts

  private mutating func parameters(_ definition: JSONObject, _ pointer: JSONPointer)
    -> [FlowParameter]
  {
    object(definition["parameters"], pointer).members.map { member in
      let place = pointer.appending(member.key)
      let declared = object(member.value, place)
      let type = declared["type"]?.stringValue?.lowercased() ?? "object"
      if !FlowLanguage.parameterTypes.contains(type) {
        report(
          .valueOutOfRange,
          "'\(type)' is no parameter type",
          place.appending("type"),
          hint: "use one of \(FlowLanguage.parameterTypes.joined(separator: ", "))"
        )
      }
      return FlowParameter(
        name: member.key,
        type: type,
        defaultValue: declared["defaultValue"],
        allowedValues: declared["allowedValues"]?.arrayValue ?? [],
        pointer: place
      )
    }
  }

  private mutating func triggers(_ definition: JSONObject, _ pointer: JSONPointer) -> [FlowTrigger]
  {
    let triggers = object(definition["triggers"], pointer).members.map {
      trigger($0.key, $0.value, pointer.appending($0.key))
    }
    if triggers.isEmpty || triggers.count > 10 {
      report(
        .missingTrigger,
        triggers.isEmpty ? "the flow has no trigger" : "the flow has \(triggers.count) triggers",
        triggers.isEmpty ? source.base : pointer,
        hint: "write \"triggers\": {\"manual\": {\"type\": \"Request\", \"kind\": \"Http\"}}",
        member: triggers.isEmpty ? "triggers" : nil
      )
    }
    return triggers
  }

  mutating func trigger(_ name: String, _ value: JSON, _ pointer: JSONPointer)
    -> FlowTrigger
  {
    let definition = object(value, pointer)
    let written = self.type(of: value, pointer, what: "trigger '\(name)'")
    let type = ActionTypes.triggers.first { $0.lowercased() == written.lowercased() }
    if type == nil, !written.isEmpty {
      reportUnknownType(written, among: ActionTypes.triggers, what: "trigger", pointer)
    }
    let secured = secureProperties(definition)
    checkRequest(type, definition, pointer)
    return FlowTrigger(
      name: name,
      type: type ?? written,
      kind: definition["kind"]?.stringValue,
      inputs: definition["inputs"] ?? .null,
      definition: definition,
      pointer: pointer,
      secureInputs: secured.contains("inputs"),
      secureOutputs: secured.contains("outputs"),
      retryPolicy: retryPolicy(definition, pointer)
    )
  }

  /// Source: workflow language reference, section e.3.
  private mutating func checkRequest(
    _ type: String?,
    _ definition: JSONObject,
    _ pointer: JSONPointer
  ) {
    guard type == "Request" else { return }
    let inputs = definition["inputs"] ?? .null
    let place = pointer.appending("inputs")
    if inputs["relativePath"] != nil, inputs["method"] == nil {
      report(
        .missingMember,
        "a Request trigger with a 'relativePath' needs a 'method'",
        place.appending("relativePath"),
        hint: "add \"method\": \"GET\"",
        onKey: true
      )
    }
    if let schema = inputs["schema"], schema.objectValue == nil, !schema.isNull {
      report(
        .wrongJSONType,
        "'schema' must be an object",
        place.appending("schema"),
        hint: "write the JSON Schema itself, without quotes around it"
      )
    }
  }

  private mutating func reportUnresolved(_ pointer: JSONPointer) {
    report(
      .unresolvedTemplate,
      "this value comes from an ARM template expression that cannot be evaluated here",
      pointer,
      hint:
        "give the template's parameter a defaultValue, or set the value in flows/parameters.json",
      severity: .warning
    )
  }

  private mutating func outputs(_ definition: JSONObject, _ pointer: JSONPointer) -> [FlowOutput] {
    object(definition["outputs"], pointer).members.map { member in
      let place = pointer.appending(member.key)
      if object(member.value, place)["value"] == nil, member.value.objectValue != nil {
        report(
          .missingMember,
          "the output '\(member.key)' has no 'value'",
          place,
          hint: "add \"value\", usually an expression",
          onKey: true,
          member: "value"
        )
      }
      return FlowOutput(
        name: member.key,
        value: member.value["value"] ?? .null,
        pointer: place.appending("value")
      )
    }
  }
}
