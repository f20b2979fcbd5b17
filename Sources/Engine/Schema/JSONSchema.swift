import Foundation
package import OrderedJSON

/// A JSON Schema of the drafts 4, 6, 7, 2019-09 or 2020-12.
///
/// `format` and unknown keywords say nothing about validity. References lead only into the same
/// document.
///
/// Source: json-schema.org, drafts 4 to 2020-12; workflow language reference, section d.1.
package struct JSONSchema: Sendable {
  package let document: JSON
  /// Schemas by `$id`, `id` and `$anchor`, for references that are no pointers.
  let anchors: [String: JSON]

  package init(_ document: JSON) {
    self.document = document
    var anchors: [String: JSON] = [:]
    Self.collect(document, into: &anchors)
    self.anchors = anchors
  }

  private static func collect(_ schema: JSON, into anchors: inout [String: JSON]) {
    switch schema {
    case .object(let object):
      for keyword in ["$id", "id"] {
        if let name = object[keyword]?.stringValue { anchors[name] = schema }
      }
      for keyword in ["$anchor", "$dynamicAnchor"] {
        if let name = object[keyword]?.stringValue { anchors["#" + name] = schema }
      }
      for member in object.members { collect(member.value, into: &anchors) }
    case .array(let elements): for element in elements { collect(element, into: &anchors) }
    default: break
    }
  }

  /// The schema that a reference names; `nil` when the document has none.
  func target(of reference: String) -> JSON? {
    if reference == "#" { return document }
    if let known = anchors[reference] { return known }
    guard reference.hasPrefix("#"), let decoded = reference.dropFirst().removingPercentEncoding,
      let pointer = JSONPointer(text: decoded)
    else { return nil }
    return document.value(at: pointer)
  }

  /// Everything that is wrong with a value, in the order of the schema; empty when it is valid.
  package func violations(of value: JSON) -> [SchemaViolation] {
    var validator = SchemaValidator(schema: self)
    return validator.check(value, against: document).violations
  }
}

/// One thing that is wrong with a value; it names places and keywords but never shows data.
package struct SchemaViolation: Hashable, Sendable {
  /// Where in the value.
  package var pointer: JSONPointer
  /// In the product's words.
  package var message: String

  /// The message with its place.
  package var text: String {
    pointer.tokens.isEmpty ? message : "\(message) Path '\(pointer)'."
  }
}
