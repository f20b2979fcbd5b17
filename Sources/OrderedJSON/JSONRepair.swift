/// A defect of a published definition that the lenient reader mended.
///
/// Source: connector format reference, section (a).
package struct JSONRepair: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    case trailingComma
    case missingComma
    case controlCharacter
    case windows1252
    case unclosed
    case earlyEnd
  }

  package var kind: Kind
  /// Where the defect is, in bytes from the start of the text.
  package var offset: Int

  package init(_ kind: Kind, at offset: Int) {
    self.kind = kind
    self.offset = offset
  }

  /// What was mended, in lower case without a period.
  package var message: String {
    switch kind {
    case .trailingComma: "ignored a comma before a closing bracket"
    case .missingComma: "added a missing comma between two members"
    case .controlCharacter: "accepted a raw control character inside a string"
    case .windows1252: "read bytes that are not UTF-8 as Windows-1252"
    case .unclosed: "closed brackets left open at the end of the text"
    case .earlyEnd: "joined vendor extensions that follow the last closing bracket"
    }
  }
}
