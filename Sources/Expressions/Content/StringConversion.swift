package import OrderedJSON

/// The text that a value becomes inside a text.
///
/// Source: workflow language reference, section b.5.
package enum StringConversion {
  /// The text of any value: null is empty, booleans are capitalised, content is decoded, objects
  /// and arrays are compact JSON.
  ///
  /// - Throws: E0305 when binary content cannot be decoded.
  package static func text(of value: JSON) throws(ExpressionError) -> String {
    switch value {
    case .null: return ""
    case .bool(let value): return value ? "True" : "False"
    case .integer(let value): return String(value)
    case .double(let value): return NumberText.text(of: value)
    case .decimal(let value): return value.description
    case .string(let value): return value
    case .array: return value.text
    case .object(let object):
      guard let envelope = ContentEnvelope(object) else { return value.text }
      return try envelope.text()
    }
  }

  /// Appends the text of a value.
  static func append(_ value: JSON, to text: inout String) throws(ExpressionError) {
    if case .string(let value) = value {
      text += value
    } else {
      text += try Self.text(of: value)
    }
  }
}
