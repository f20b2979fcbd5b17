package import Diagnostics
package import OrderedJSON

/// The text of a flow, for showing places in it.
package struct FlowSource: Sendable {
  package let text: SourceText
  package let document: JSONDocument
  /// Where in the file the definition object stands.
  package let base: JSONPointer

  package init(text: SourceText, document: JSONDocument, base: JSONPointer = JSONPointer()) {
    self.text = text
    self.document = document
    self.base = base
  }

  /// The place of a value; `pointer` starts at the root of the file.
  package func location(of pointer: JSONPointer, onKey: Bool = false) -> SourceLocation {
    let source = document.source(at: pointer)
    return text.location(of: onKey ? source.keyRange ?? source.range : source.range)
  }

  /// The place of a part of a string, by bytes of its content.
  ///
  /// A string with escapes is marked as a whole, because its bytes do not line up with the text.
  package func location(of pointer: JSONPointer, within range: Range<Int>?) -> SourceLocation {
    let source = document.source(at: pointer).range
    guard let range, case .string(let value)? = document.value.value(at: pointer),
      value.utf8.count + 2 == source.count
    else { return text.location(of: source) }
    let start = source.lowerBound + 1
    return text.location(of: start + range.lowerBound..<start + range.upperBound)
  }
}
