package import Diagnostics
package import OrderedJSON

/// The text of a flow, for showing places in it.
package struct FlowSource: Sendable {
  package let text: SourceText
  package let document: JSONDocument
  /// Where in the file the definition object stands.
  package let base: JSONPointer
  /// Secrets in plain text, which no shown line repeats.
  package let secrets: [ClearSecret]
  /// What could not be read of a text that is not JSON.
  package let damage: FlowDamage

  package init(
    text: SourceText,
    document: JSONDocument,
    base: JSONPointer = JSONPointer(),
    secrets: [ClearSecret] = [],
    damage: FlowDamage = FlowDamage()
  ) {
    self.damage = damage
    self.secrets = secrets
    self.text = secrets.isEmpty ? text : text.hiding(secrets.map(\.range))
    self.document = document
    self.base = base
  }

  /// The place of a value; `pointer` starts at the root of the file.
  package func location(of pointer: JSONPointer, onKey: Bool = false) -> SourceLocation {
    let source = document.source(at: pointer)
    return text.location(of: onKey ? source.keyRange ?? source.range : source.range)
  }

  /// The place of a part of a string, by bytes of its content.
  package func location(of pointer: JSONPointer, within range: Range<Int>?) -> SourceLocation {
    let source = document.source(at: pointer).range
    guard let range, case .string? = document.value.value(at: pointer) else {
      return text.location(of: source)
    }
    return text.location(of: StringPlaces(text.bytes, literal: source).source(of: range))
  }

  /// The place of a part of a member's key, by bytes of its content.
  package func keyLocation(of pointer: JSONPointer, within range: Range<Int>) -> SourceLocation {
    guard let source = document.source(at: pointer).keyRange else { return location(of: pointer) }
    return text.location(of: StringPlaces(text.bytes, literal: source).source(of: range))
  }
}
