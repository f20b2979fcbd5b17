import Foundation
import OrderedJSON

/// Checks a JSON value against a Swagger 2.0 schema, straight from the text of the definition.
///
/// It shares nothing with the code that builds requests: references, `allOf` and recursion are
/// followed here as the value is walked. `pattern` is not checked, because no input can be made up
/// for one.
///
/// Source: OpenAPI 2.0, Schema Object; connector format reference, section (b), body.
struct BodyValidator {
  let root: JSON

  /// What is wrong with the value, each with its path; empty when nothing is.
  func defects(of value: JSON, against schema: JSON, at path: String = "body") -> [String] {
    var chain: Set<String> = []
    let parts = parts(of: schema, &chain)
    if value.isNull {
      let mayBeNull = parts.contains { $0["x-nullable"] == true || $0["nullable"] == true }
      return mayBeNull ? [] : ["\(path) is null"]
    }
    return parts.flatMap { part in
      kindDefects(value, part, path) + boundDefects(value, part, path)
        + requiredDefects(value, part, parts, path)
    } + memberDefects(value, parts, path)
  }

  /// The schema itself with all that its `$ref` and `allOf` add.
  private func parts(of schema: JSON, _ chain: inout Set<String>) -> [JSON] {
    if let reference = schema["$ref"]?.stringValue {
      guard chain.insert(reference).inserted, let target = resolve(reference) else { return [] }
      return parts(of: target, &chain)
    }
    return [schema] + (schema["allOf"]?.arrayValue ?? []).flatMap { parts(of: $0, &chain) }
  }

  private func resolve(_ reference: String) -> JSON? {
    var value: JSON? = root
    for name in reference.split(separator: "/").dropFirst() {
      let plain = String(name).removingPercentEncoding ?? String(name)
      let key = plain.replacingOccurrences(of: "~1", with: "/")
        .replacingOccurrences(of: "~0", with: "~")
      value = value?[key]
    }
    return value
  }

  // MARK: Rules

  private func kindDefects(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
    guard let type = schema["type"]?.stringValue else { return [] }
    return Self.fits(value, type) ? [] : ["\(path) is no \(type)"]
  }

  static func fits(_ value: JSON, _ type: String) -> Bool {
    switch (type, value) {
    case ("object", .object), ("array", .array), ("string", .string), ("boolean", .bool): true
    case ("integer", .integer), ("number", .integer), ("number", .double): true
    case ("number", .decimal), ("file", .string): true
    // Published definitions name other types, which leave the value open.
    default: !["object", "array", "string", "boolean", "integer", "number"].contains(type)
    }
  }

  /// The choices of a schema that are of its own type; published definitions name others too.
  static func choices(_ schema: JSON) -> [JSON] {
    let type = schema["type"]?.stringValue ?? ""
    return (schema["enum"]?.arrayValue ?? []).filter { !$0.isNull && fits($0, type) }
  }

  private func boundDefects(_ value: JSON, _ schema: JSON, _ path: String) -> [String] {
    var defects: [String] = []
    func require(_ holds: Bool, _ rule: String) { if !holds { defects.append("\(path): \(rule)") } }
    let choices = Self.choices(schema)
    if !choices.isEmpty { require(choices.contains(value), "enum") }
    if let number = value.doubleValue {
      if let least = schema["minimum"]?.doubleValue { require(number >= least, "minimum") }
      if let most = schema["maximum"]?.doubleValue { require(number <= most, "maximum") }
    }
    if case .string(let text) = value {
      if let least = schema["minLength"]?.integerValue { require(text.count >= least, "minLength") }
      if let most = schema["maxLength"]?.integerValue { require(text.count <= most, "maxLength") }
      if schema["format"] == "byte" { require(Data(base64Encoded: text) != nil, "byte") }
      if schema["format"] == "uuid" { require(UUID(uuidString: text) != nil, "uuid") }
    }
    if case .array(let items) = value {
      if let least = schema["minItems"]?.integerValue { require(items.count >= least, "minItems") }
      if let most = schema["maxItems"]?.integerValue { require(items.count <= most, "maxItems") }
    }
    return defects
  }

  /// Internal members without a default are filled by others; what only the service sets is absent.
  private func requiredDefects(_ value: JSON, _ schema: JSON, _ all: [JSON], _ path: String)
    -> [String]
  {
    guard case .object(let object) = value else { return [] }
    let names = (schema["required"]?.arrayValue ?? []).compactMap(\.stringValue)
    return names.filter { object[$0] == nil && isOwed($0, all) }.map { "\(path)/\($0) is missing" }
  }

  private func isOwed(_ name: String, _ all: [JSON]) -> Bool {
    guard let member = member(name, of: all) else { return false }
    var chain: Set<String> = []
    let rules = [member] + parts(of: member, &chain)
    let isReadOnly = rules.contains { $0["readOnly"] == true }
    let isInternal = rules.contains {
      $0["x-ms-visibility"]?.stringValue?.lowercased() == "internal"
    }
    let hasDefault = rules.contains { !($0["default"] ?? .null).isNull }
    return !isReadOnly && (!isInternal || hasDefault)
  }

  private func member(_ name: String, of all: [JSON]) -> JSON? {
    all.lazy.compactMap { $0["properties"]?[name] }.first
  }

  private func memberDefects(_ value: JSON, _ parts: [JSON], _ path: String) -> [String] {
    switch value {
    case .array(let items):
      guard let schema = parts.lazy.compactMap({ $0["items"] }).first else { return [] }
      return items.enumerated().flatMap { defects(of: $1, against: schema, at: "\(path)/\($0)") }
    case .object(let object):
      let extra = parts.lazy.compactMap { $0["additionalProperties"] }.first
      return object.members.flatMap { member in
        memberDefects(member, self.member(member.key, of: parts), extra, "\(path)/\(member.key)")
      }
    default: return []
    }
  }

  private func memberDefects(
    _ member: JSONObject.Member,
    _ schema: JSON?,
    _ extra: JSON?,
    _ path: String
  ) -> [String] {
    if let schema {
      guard schema["readOnly"] != true else { return ["\(path) is for the service alone"] }
      return defects(of: member.value, against: schema, at: path)
    }
    if extra == false { return ["\(path) is not declared"] }
    guard let extra, extra.objectValue != nil else { return [] }
    return defects(of: member.value, against: extra, at: path)
  }
}
