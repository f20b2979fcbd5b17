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
}
