import Diagnostics
import OrderedJSON

/// Members have names that the language knows, and values of the shape that it asks for.
enum MemberRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    let root = flow.source.base
    checkNames(of: flow.definition, FlowLanguage.definition, root, &report)
    for (member, shapes) in [
      ("parameters", FlowLanguage.parameter), ("outputs", FlowLanguage.output),
    ] {
      for each in flow.definition[member]?.objectValue?.members ?? [] {
        checkNames(of: each.value, shapes, root.appending(member).appending(each.key), &report)
      }
    }
    for trigger in flow.triggers {
      let shapes = FlowLanguage.members(ofTrigger: trigger.type)
      check(.object(trigger.definition), shapes, trigger.pointer, &report)
      checkRequired(trigger, shapes, &report)
    }
    for action in flow.allActions where isKnown(action.type) {
      guard let value = flow.source.document.value.value(at: action.pointer) else { continue }
      let kind = value["kind"]?.stringValue
      let shapes = FlowLanguage.members(ofAction: action.type, kind: kind)
      check(value, shapes, action.pointer, &report)
    }
  }

  private static func isKnown(_ type: String) -> Bool {
    ActionTypes.actions.contains(type) || ActionTypes.unsupported.contains(type)
  }

  /// What triggers of a type cannot do without; InputsRule does the same for actions.
  private static func checkRequired(
    _ trigger: FlowTrigger,
    _ shapes: [MemberShape],
    _ report: inout FlowReport
  ) {
    guard case .object(let members)? = shapes.first(where: { $0.name == "inputs" })?.shape,
      trigger.inputs.objectValue != nil || trigger.inputs.isNull
    else { return }
    for member in members where member.isRequired && trigger.inputs[member.name] == nil {
      let hasInputs = trigger.definition["inputs"] != nil
      report.add(
        .missingMember,
        "the inputs of the trigger '\(trigger.name)' of type '\(trigger.type)' have no "
          + "'\(member.name)'",
        hasInputs ? trigger.pointer.appending("inputs") : trigger.pointer,
        hint: "add \"\(member.name)\": \(member.summary.prefix(1).lowercased())"
          + "\(member.summary.dropFirst().dropLast())",
        onKey: true,
        member: hasInputs ? member.name : "inputs"
      )
    }
  }

  // MARK: Members

  private static func check(
    _ value: JSON,
    _ shapes: [MemberShape],
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    checkNames(of: value, shapes, pointer, &report)
    for shape in shapes {
      guard let member = value[shape.name] else { continue }
      check(member, shape.shape, shape.name, pointer.appending(shape.name), &report)
    }
  }

  private static func checkNames(
    of value: JSON,
    _ shapes: [MemberShape],
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    var misplaced: Set<String> = []
    for member in value.objectValue?.members ?? []
    where !member.key.hasPrefix("@") && !shapes.contains(where: { $0.name == member.key }) {
      let unknown = UnknownMember(member, of: value, shapes)
      // What belongs into the same object is told once.
      if let home = unknown.home, !misplaced.insert(home).inserted { continue }
      report.add(
        .unknownMember,
        "'\(member.key)' is not known here and has no effect",
        pointer.appending(member.key),
        hint: unknown.hint,
        severity: .warning,
        onKey: true,
        member: unknown.meant
      )
    }
  }

  private static func check(
    _ value: JSON,
    _ shape: ValueShape,
    _ name: String,
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    // An expression may give anything.
    if value.stringValue?.contains("@") == true || value.isNull { return }
    switch shape {
    case .any, .condition, .actions, .predecessors, .duration: return
    case .text: require(value.objectValue == nil && value.arrayValue == nil, "a text")
    case .boolean: require(value.boolValue != nil, "true or false")
    case .integer:
      let number = value.integerValue ?? value.stringValue.flatMap { Int64($0) }
      require(number != nil, "a whole number")
    case .choice(let words): check(value, among: words, name, pointer, &report)
    case .options(let words): checkOptions(value, words, pointer, &report)
    case .object(let members):
      require(value.objectValue != nil, "an object")
      check(value, members, pointer, &report)
    case .map(let inner):
      require(value.objectValue != nil, "an object")
      for member in value.objectValue?.members ?? [] {
        check(member.value, inner, member.key, pointer.appending(member.key), &report)
      }
    case .list(let inner):
      require(value.arrayValue != nil, "an array")
      for (index, element) in (value.arrayValue ?? []).enumerated() {
        check(element, inner, name, pointer.appending(index), &report)
      }
    }
    func require(_ holds: Bool, _ what: String) {
      guard !holds, !isCheckedByDecoder(pointer) else { return }
      report.add(
        .wrongJSONType,
        "'\(name)' must be \(what), not \(value.kindName.lowercased())",
        pointer,
        hint: hints[what]
      )
    }
  }

  private static let hints = [
    "a text": "put it between double quotes", "true or false": "write true or false without quotes",
    "a whole number": "write a number such as 10",
    "an object": "write {…} with a name before each part",
    "an array": "write […]",
  ]

  /// Members whose type the decoder looks at.
  private static func isCheckedByDecoder(_ pointer: JSONPointer) -> Bool {
    let decoded: Set<String> = [
      "runtimeConfiguration", "runAfter", "else", "default", "cases", "recurrence", "schedule",
      "retryPolicy", "actions", "parameters", "outputs", "staticResults", "interval", "count",
    ]
    return pointer.tokens.last.map(decoded.contains) ?? false
      || pointer.tokens.dropLast().last == "cases"
  }

  // MARK: Words

  private static func check(
    _ value: JSON,
    among words: [String],
    _ name: String,
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    let written = value.stringValue ?? value.text
    guard !words.contains(where: { $0.lowercased() == written.lowercased() }),
      !checkedElsewhere.contains(name)
    else { return }
    let nearest = NearestName.suggestion(for: written, among: words)
    report.add(
      .valueOutOfRange,
      "'\(written)' is no '\(name)' that is known here",
      pointer,
      hint: nearest.map { "did you mean '\($0)'?" } ?? "use \(words.joined(separator: ", "))",
      severity: name == "method" ? .warning : .error
    )
  }

  /// Words that other rules look at.
  private static let checkedElsewhere: Set<String> = [
    "frequency", "kind", "format", "runStatus", "unit", "type",
  ]

  private static func checkOptions(
    _ value: JSON,
    _ words: [String],
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    guard let text = value.stringValue else {
      report.add(
        .wrongJSONType,
        "'operationOptions' must be a text",
        pointer,
        hint: "write the options between double quotes, with commas between them"
      )
      return
    }
    for option in text.split(separator: ",").map({ $0.filter { $0 != " " } })
    where !words.contains(where: { $0.lowercased() == option.lowercased() }) {
      let nearest = NearestName.suggestion(for: option, among: words)
      report.add(
        .noEffectHere,
        "the option '\(option)' has no effect here",
        pointer,
        hint: nearest.map { "did you mean '\($0)'?" } ?? "use \(words.joined(separator: ", "))",
        severity: .warning
      )
    }
  }
}
