import HTTPMessages
import OrderedJSON

/// Compares an answer with an example: status, header names, members and types of the body.
struct ExampleShape {
  /// Members that answers have beyond the example, as paths with `*` for elements.
  let more: Set<String>

  /// What differs, in words; empty when nothing does.
  func differences(_ answer: TestBench.Answer, from expected: JSON) -> [String] {
    var found: [String] = []
    let status = expected["status"]?.integerValue ?? 0
    if answer.status != Int(status) { found.append("status \(answer.status), not \(status)") }
    for field in expected["headers"]?.fields.fields ?? []
    where answer.response.headers[field.name] == nil {
      found.append("no header \(field.name)")
    }
    if let body = expected["body"] { compare(answer.json, body, at: "", &found) }
    return found
  }

  private func compare(_ actual: JSON, _ expected: JSON, at path: String, _ found: inout [String]) {
    switch (actual, expected) {
    case (.object(let actual), .object(let expected)):
      for member in expected.members {
        guard let value = actual[member.key] else {
          found.append("no member \(path)/\(member.key)")
          continue
        }
        compare(value, member.value, at: "\(path)/\(member.key)", &found)
      }
      for key in actual.keys where expected[key] == nil && !more.contains("\(path)/\(key)") {
        found.append("one member more: \(path)/\(key)")
      }
    case (.array(let actual), .array(let expected)):
      guard actual.count >= expected.count else {
        found.append("\(actual.count) elements, not \(expected.count), at \(path)")
        return
      }
      for (value, wanted) in zip(actual, expected) {
        compare(value, wanted, at: path + "/*", &found)
      }
    case (.bool, .bool):
      if actual != expected { found.append("\(actual.text), not \(expected.text), at \(path)") }
    case (.string, .string):
      guard path.hasSuffix("/error/code"), actual != expected else { return }
      found.append("\(actual.text), not \(expected.text), at \(path)")
    case (.null, .null): return
    default:
      let isNumber = actual.doubleValue != nil && expected.doubleValue != nil
      guard !isNumber || actual.stringValue != nil || expected.stringValue != nil else { return }
      found.append("\(actual.kindName), not \(expected.kindName), at \(path)")
    }
  }
}
