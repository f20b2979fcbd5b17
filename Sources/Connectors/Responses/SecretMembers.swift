package import Definitions
package import OrderedJSON

/// Blots the members out that `runtime.json` calls secret.
///
/// Source: definitions/README.md.
package enum SecretMembers {
  /// The pointers that concern an operation, such as `/body/token`.
  package static func pointers(for operation: ConnectorOperation, of connector: Connector)
    -> [JSONPointer]
  {
    (connector.runtime.secrets[operation.id] ?? []) + (connector.runtime.secrets["*"] ?? [])
  }

  /// The outputs with each secret replaced; `*` in a pointer means every element or member.
  package static func masked(_ outputs: JSON, at pointers: [JSONPointer]) -> JSON {
    pointers.reduce(outputs) { masked($0, $1.tokens[...]) }
  }

  private static func masked(_ value: JSON, _ tokens: ArraySlice<String>) -> JSON {
    guard let token = tokens.first else {
      return value.isNull ? value : .string(SecretMask.mask)
    }
    let rest = tokens.dropFirst()
    switch value {
    case .object(var object):
      for key in token == "*" ? Array(object.keys) : [token] {
        guard let member = object[key] else { continue }
        object[key] = masked(member, rest)
      }
      return .object(object)
    case .array(let items):
      return .array(
        items.enumerated().map { index, item in
          token == "*" || token == String(index) ? masked(item, rest) : item
        }
      )
    default: return value
    }
  }
}
