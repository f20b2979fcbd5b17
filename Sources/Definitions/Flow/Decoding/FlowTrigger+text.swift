import Diagnostics
import OrderedJSON

extension FlowTrigger {
  /// Decodes a trigger that was checked with its flow before; places in it start at its definition.
  ///
  /// The text is the trigger as written, as JSON; `nil` comes of one that is none.
  package init?(name: String, checked text: [UInt8]) {
    guard let document = try? JSONDocument(text) else { return nil }
    let source = SourceText(file: name, bytes: text)
    var decoder = FlowDecoder(source: FlowSource(text: source, document: document))
    self = decoder.trigger(name, document.value, JSONPointer())
  }
}
