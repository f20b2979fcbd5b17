import OrderedJSON

/// Keywords for arrays and objects.
extension SchemaValidator {
  mutating func checkArray(_ elements: [JSON], _ keywords: JSONObject, _ result: inout Result) {
    checkCount(elements.count, keywords["minItems"], keywords["maxItems"], &result)
    checkElements(elements, keywords, &result)
    if keywords["uniqueItems"]?.boolValue == true, Set(elements).count < elements.count {
      fail("Non-unique array item.", &result)
    }
    if let schema = keywords["contains"] { checkContains(elements, schema, keywords, &result) }
  }

  private func checkCount(
    _ count: Int,
    _ minimum: JSON?,
    _ maximum: JSON?,
    _ result: inout Result
  ) {
    if let minimum = minimum?.integerValue, count < minimum {
      fail("Array item count \(count) is less than minimum count of \(minimum).", &result)
    }
    if let maximum = maximum?.integerValue, count > maximum {
      fail("Array item count \(count) exceeds maximum count of \(maximum).", &result)
    }
  }

  private mutating func checkElements(
    _ elements: [JSON],
    _ keywords: JSONObject,
    _ result: inout Result
  ) {
    let items = keywords["items"]
    let leading = keywords["prefixItems"]?.arrayValue ?? items?.arrayValue ?? []
    let rest = items?.arrayValue == nil ? items : keywords["additionalItems"]
    for (index, element) in elements.enumerated() {
      guard let schema = index < leading.count ? leading[index] : rest else { continue }
      result.violations += check(element, at: String(index), against: schema).violations
      result.elements.insert(index)
    }
  }

  private mutating func checkContains(
    _ elements: [JSON],
    _ schema: JSON,
    _ keywords: JSONObject,
    _ result: inout Result
  ) {
    var count = 0
    for (index, element) in elements.enumerated()
    where check(element, at: String(index), against: schema).isValid {
      count += 1
      result.elements.insert(index)
    }
    let minimum = keywords["minContains"]?.integerValue ?? 1
    let maximum = keywords["maxContains"]?.integerValue ?? Int64.max
    if count < minimum || count > maximum {
      fail("The count of items that match the contains schema, \(count), is not allowed.", &result)
    }
  }

  // MARK: Objects

  mutating func checkObject(_ object: JSONObject, _ keywords: JSONObject, _ result: inout Result) {
    checkPresence(object, keywords, &result)
    checkMembers(object, keywords, &result)
    if let schema = keywords["propertyNames"] {
      for key in object.keys {
        result.violations += check(.string(key), at: key, against: schema).violations
      }
    }
    checkDependencies(object, keywords, &result)
  }

  private func checkPresence(
    _ object: JSONObject,
    _ keywords: JSONObject,
    _ result: inout Result
  ) {
    let required = keywords["required"]?.arrayValue?.compactMap(\.stringValue) ?? []
    let missing = required.filter { object[$0] == nil }
    if !missing.isEmpty {
      let names = missing.joined(separator: ", ")
      fail("Required properties are missing from object: \(names).", &result)
    }
    if let minimum = keywords["minProperties"]?.integerValue, object.count < minimum {
      fail(
        "Object property count \(object.count) is less than minimum count of \(minimum).",
        &result
      )
    }
    if let maximum = keywords["maxProperties"]?.integerValue, object.count > maximum {
      fail("Object property count \(object.count) exceeds maximum count of \(maximum).", &result)
    }
  }

  private mutating func checkMembers(
    _ object: JSONObject,
    _ keywords: JSONObject,
    _ result: inout Result
  ) {
    let properties = keywords["properties"]?.objectValue
    let patterns = keywords["patternProperties"]?.objectValue?.members ?? []
    for member in object.members {
      var schemas = [properties?[member.key]].compactMap { $0 }
      for pattern in patterns where matches(member.key, pattern.key) == true {
        schemas.append(pattern.value)
      }
      if schemas.isEmpty, let additional = keywords["additionalProperties"] {
        guard additional.boolValue != false else {
          failUndefined(member.key, &result)
          continue
        }
        schemas.append(additional)
      }
      for schema in schemas {
        result.violations += check(member.value, at: member.key, against: schema).violations
        result.members.insert(member.key)
      }
    }
  }

  func failUndefined(_ name: String, _ result: inout Result) {
    fail(
      "Property '\(name)' has not been defined and the schema does not allow additional properties.",
      &result
    )
  }

  private mutating func checkDependencies(
    _ object: JSONObject,
    _ keywords: JSONObject,
    _ result: inout Result
  ) {
    for keyword in ["dependencies", "dependentRequired", "dependentSchemas"] {
      for dependency in keywords[keyword]?.objectValue?.members ?? []
      where object[dependency.key] != nil {
        guard let names = dependency.value.arrayValue else {
          result.merge(check(.object(object), against: dependency.value))
          continue
        }
        let missing = names.compactMap(\.stringValue).filter { object[$0] == nil }
        guard !missing.isEmpty else { continue }
        fail(
          "Dependencies for property '\(dependency.key)' failed. Missing required keys: "
            + missing.joined(separator: ", ") + ".",
          &result
        )
      }
    }
  }
}
