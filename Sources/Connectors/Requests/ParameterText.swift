internal import Definitions
internal import OrderedJSON

/// The text of a value in a path, query, header or form.
///
/// Source: connector format reference, section (b), parameters.
enum ParameterText {
  static func text(_ value: JSON) -> String {
    switch value {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .double(let value): NumberText.text(of: value)
    case .decimal(let value): value.description
    case .string(let value): value
    case .array, .object: value.text
    }
  }

  /// The texts that an array parameter becomes: one, or one for each item under `multi`.
  static func texts(_ value: JSON, of parameter: OperationParameter) -> [String] {
    guard parameter.isArray, case .array(let items) = value else { return [text(value)] }
    let texts = items.map(text)
    guard let separator = parameter.collectionFormat.separator else { return texts }
    return [texts.joined(separator: separator)]
  }
}
