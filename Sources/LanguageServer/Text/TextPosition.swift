import OrderedJSON

/// A place in a document as the protocol counts: lines and UTF-16 units, both from 0.
///
/// Source: Language Server Protocol 3.17, section Position.
package struct TextPosition: Hashable, Sendable {
  package var line: Int
  package var character: Int

  package init(line: Int, character: Int) {
    self.line = line
    self.character = character
  }

  init?(_ value: JSON?) {
    guard let line = value?["line"]?.integerValue, line >= 0, line < 1 << 40,
      let character = value?["character"]?.integerValue, character >= 0, character < 1 << 40
    else { return nil }
    self.init(line: Int(line), character: Int(character))
  }

  var json: JSON { ["line": .integer(Int64(line)), "character": .integer(Int64(character))] }
}
