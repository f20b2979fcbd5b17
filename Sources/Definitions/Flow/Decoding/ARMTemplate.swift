package import OrderedJSON

/// The part of ARM template expressions that a flow file needs: parameters with a default.
///
/// Source: workflow language reference, section a.2 (Consumption/ARM).
package struct ARMTemplate {
  private let parameters: JSONObject

  package init(_ template: JSONObject) {
    parameters = template["parameters"]?.objectValue ?? JSONObject()
  }

  /// The value with template expressions replaced; `nil` when one of them cannot be known here.
  package func value(of written: JSON) -> JSON? {
    switch written {
    case .string(let text): return value(of: text)
    case .array(let elements):
      let values = elements.map { value(of: $0) }
      return values.contains { $0 == nil } ? nil : .array(values.compactMap { $0 })
    case .object(let object):
      var result = JSONObject()
      for member in object.members {
        guard let value = value(of: member.value) else { return nil }
        result[member.key] = value
      }
      return .object(result)
    default: return written
    }
  }

  private func value(of text: String) -> JSON? {
    guard text.hasPrefix("["), text.hasSuffix("]") else { return .string(text) }
    if text.hasPrefix("[[") { return .string(String(text.dropFirst())) }
    let parts = text.dropFirst().dropLast().split(separator: "'", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].lowercased().filter({ $0 != " " }) == "parameters(",
      parts[2].filter({ $0 != " " }) == ")"
    else { return nil }
    return parameters.value(ignoringCaseOf: String(parts[1]))?["defaultValue"]
  }
}
