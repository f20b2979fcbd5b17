/// A JSON value that keeps what workflows need: member order and the kind of every number.
///
/// Three number kinds are kept apart because the workflow language prints and computes them
/// differently: 64-bit integers, doubles, and decimals with their scale.
///
/// Source: RFC 8259; workflow language reference, section b.3.
package enum JSON: Sendable {
  case null
  case bool(Bool)
  case integer(Int64)
  case double(Double)
  indirect case decimal(ScaledDecimal)
  case string(String)
  case array([JSON])
  case object(JSONObject)
}

extension JSON {
  /// The member with exactly this key; `nil` when this is no object or has no such member.
  package subscript(key: String) -> JSON? {
    if case .object(let object) = self { object[key] } else { nil }
  }

  /// The element at this index; `nil` when this is no array or the index is out of range.
  package subscript(index: Int) -> JSON? {
    if case .array(let array) = self, array.indices.contains(index) { array[index] } else { nil }
  }

  package var isNull: Bool { if case .null = self { true } else { false } }

  package var boolValue: Bool? { if case .bool(let value) = self { value } else { nil } }

  package var stringValue: String? { if case .string(let value) = self { value } else { nil } }

  package var arrayValue: [JSON]? { if case .array(let value) = self { value } else { nil } }

  package var objectValue: JSONObject? { if case .object(let value) = self { value } else { nil } }

  /// The value as a 64-bit integer, when it is one or is a number without a fraction in range.
  package var integerValue: Int64? {
    switch self {
    case .integer(let value): value
    case .double(let value): Int64(exactly: value)
    case .decimal(let value): Int64(exactly: value.doubleValue)
    default: nil
    }
  }

  /// The value as a double, when it is a number of any kind.
  package var doubleValue: Double? {
    switch self {
    case .integer(let value): Double(value)
    case .double(let value): value
    case .decimal(let value): value.doubleValue
    default: nil
    }
  }

  /// The name that messages use for the kind of this value, such as `Integer` or `Object`.
  package var kindName: String {
    switch self {
    case .null: "Null"
    case .bool: "Boolean"
    case .integer: "Integer"
    case .double, .decimal: "Float"
    case .string: "String"
    case .array: "Array"
    case .object: "Object"
    }
  }
}

extension JSON: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  package init(nilLiteral: ()) { self = .null }
  package init(booleanLiteral value: Bool) { self = .bool(value) }
  package init(integerLiteral value: Int64) { self = .integer(value) }
  package init(floatLiteral value: Double) { self = .double(value) }
  package init(stringLiteral value: String) { self = .string(value) }
  package init(arrayLiteral elements: JSON...) { self = .array(elements) }

  package init(dictionaryLiteral elements: (String, JSON)...) {
    self = .object(JSONObject(elements))
  }
}
