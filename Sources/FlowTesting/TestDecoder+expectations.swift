import Diagnostics
import OrderedJSON

extension TestDecoder {
  private static let runMembers = [
    "status", "code", "error", "outputs", "response", "actions", "order", "requests", "duration",
  ]

  private static let actionMembers = [
    "status", "code", "error", "inputs", "outputs", "attempts", "waits", "request", "requests",
    "count",
  ]

  /// Looks at what is expected; the values are compared when the run has ended.
  mutating func expectation(_ value: JSON, _ place: JSONPointer) -> JSONObject {
    guard let object = object(value, place, Self.runMembers) else { return JSONObject() }
    checkStatus(object["status"], place.appending("status"))
    for name in ["outputs", "response", "error"] {
      if let pattern = object[name] { checkPattern(pattern, place.appending(name)) }
    }
    for name in ["order", "requests"] {
      guard let list = object[name] else { continue }
      let elements = array(list, place.appending(name))
      for (index, element) in elements.enumerated() {
        checkPattern(element, place.appending(name).appending(index))
      }
    }
    if let duration = object["duration"] {
      checkLength(duration, place.appending("duration"))
    }
    let actions = place.appending("actions")
    for member in members(object["actions"], actions) {
      check(member.value, actions.appending(member.key))
    }
    return object
  }

  private mutating func check(_ value: JSON, _ place: JSONPointer) {
    if value.stringValue != nil {
      checkStatus(value, place)
      return
    }
    guard let object = object(value, place, Self.actionMembers) else { return }
    checkStatus(object["status"], place.appending("status"))
    for name in Self.actionMembers where name != "status" && name != "waits" {
      if let pattern = object[name] { checkPattern(pattern, place.appending(name)) }
    }
    guard let waits = object["waits"] else { return }
    let list = array(waits, place.appending("waits"))
    for (index, wait) in list.enumerated() {
      checkLength(wait, place.appending("waits").appending(index))
    }
  }

  private static let statuses = [
    "Succeeded", "Failed", "Skipped", "TimedOut", "Cancelled", "Running", "Waiting",
  ]

  private mutating func checkStatus(_ value: JSON?, _ place: JSONPointer) {
    guard let value, value.objectValue == nil else { return }
    let text = value.stringValue ?? value.text
    guard !Self.statuses.contains(text) else { return }
    let nearest = NearestName.suggestion(for: text, among: Self.statuses)
    report(
      .unfittingTestValue,
      "'\(text)' is no status",
      place,
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? "known are \(Self.statuses.joined(separator: ", "))"
    )
  }

  private mutating func checkLength(_ value: JSON, _ place: JSONPointer) {
    if value.objectValue != nil { checkPattern(value, place) } else { _ = duration(value, place) }
  }

  /// Operators inside a pattern must be known and have a value of their kind.
  private mutating func checkPattern(_ value: JSON, _ place: JSONPointer) {
    switch value {
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        checkPattern(element, place.appending(index))
      }
    case .object(let object):
      for member in object.members {
        let inner = place.appending(member.key)
        if JSONMatch.isOperator(object) { checkOperator(member, inner) }
        if member.key != "$exactly" { checkPattern(member.value, inner) }
      }
    default: break
    }
  }

  private mutating func checkOperator(_ member: JSONObject.Member, _ place: JSONPointer) {
    guard let known = JSONMatch.Operator(rawValue: member.key) else {
      let names = JSONMatch.Operator.allCases.map(\.rawValue)
      let nearest = NearestName.suggestion(for: member.key, among: names)
      report(
        .unknownTestMember,
        "there is no comparison '\(member.key)'",
        place,
        onKey: true,
        hint: nearest.map { "did you mean '\($0)'?" }
          ?? "known are \(names.joined(separator: ", "))"
      )
      return
    }
    if let defect = known.defect(of: member.value) {
      report(.unfittingTestValue, "'\(member.key)' \(defect)", place)
    }
  }
}
