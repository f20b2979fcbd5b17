import OrderedJSON

/// Keywords that combine schemas.
extension SchemaValidator {
  mutating func combine(_ value: JSON, _ keywords: JSONObject, _ result: inout Result) {
    for schema in keywords["allOf"]?.arrayValue ?? [] {
      result.merge(check(value, against: schema))
    }
    if let schemas = keywords["anyOf"]?.arrayValue {
      checkAnyOf(value, schemas, &result)
    }
    if let schemas = keywords["oneOf"]?.arrayValue {
      checkOneOf(value, schemas, &result)
    }
    if let schema = keywords["not"], check(value, against: schema).isValid {
      fail("JSON is valid against schema from 'not'.", &result)
    }
    choose(value, keywords, &result)
  }

  private mutating func checkAnyOf(_ value: JSON, _ schemas: [JSON], _ result: inout Result) {
    var isValid = false
    for schema in schemas {
      let outcome = check(value, against: schema)
      guard outcome.isValid else { continue }
      isValid = true
      result.mergeEvaluated(outcome)
    }
    if !isValid { fail("JSON does not match any schemas from 'anyOf'.", &result) }
  }

  private mutating func checkOneOf(_ value: JSON, _ schemas: [JSON], _ result: inout Result) {
    var matching: [Int] = []
    for (index, schema) in schemas.enumerated() {
      let outcome = check(value, against: schema)
      guard outcome.isValid else { continue }
      matching.append(index)
      result.mergeEvaluated(outcome)
    }
    switch matching.count {
    case 1: break
    case 0:
      fail(
        "JSON is valid against no schemas from 'oneOf'.",
        &result
      )
    default:
      let indexes = matching.map(String.init).joined(separator: ", ")
      fail(
        "JSON is valid against more than one schema from 'oneOf'. Valid schema indexes: \(indexes).",
        &result
      )
    }
  }

  private mutating func choose(_ value: JSON, _ keywords: JSONObject, _ result: inout Result) {
    guard let condition = keywords["if"] else { return }
    let outcome = check(value, against: condition)
    if outcome.isValid { result.mergeEvaluated(outcome) }
    guard let branch = keywords[outcome.isValid ? "then" : "else"] else { return }
    let branchOutcome = check(value, against: branch)
    result.mergeEvaluated(branchOutcome)
    guard !branchOutcome.isValid else { return }
    fail("JSON does not match schema from '\(outcome.isValid ? "then" : "else")'.", &result)
    result.violations += branchOutcome.violations
  }

  // MARK: Unevaluated

  mutating func checkUnevaluated(_ value: JSON, _ keywords: JSONObject, _ result: inout Result) {
    if let schema = keywords["unevaluatedProperties"], let object = value.objectValue {
      for member in object.members where !result.members.contains(member.key) {
        if schema.boolValue == false {
          failUndefined(member.key, &result)
        } else {
          result.violations += check(member.value, at: member.key, against: schema).violations
        }
        result.members.insert(member.key)
      }
    }
    if let schema = keywords["unevaluatedItems"], let elements = value.arrayValue {
      for (index, element) in elements.enumerated() where !result.elements.contains(index) {
        result.violations += check(element, at: String(index), against: schema).violations
        result.elements.insert(index)
      }
    }
  }
}
