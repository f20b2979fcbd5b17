/// A text that is not JSON, read as far as it can be: all its defects and what is sure of its values.
///
/// Slower than the strict reader, which is to be tried first.
package struct JSONRecovery: Sendable {
  /// All defects, in the order of the text; one for each cause.
  package let errors: [JSONParseError]
  /// What could be read; `nil` when that is nothing.
  package let document: JSONDocument?
  /// The values, and the objects with members, that are not to be relied on.
  package let damage: [JSONPointer]

  /// The most defects that are told of one text.
  static let mostErrors = 100

  package init(_ bytes: [UInt8], limits: JSONLimits = .standard) {
    guard bytes.count <= limits.byteCount else {
      self.init(.tooLarge(limit: limits.byteCount), at: limits.byteCount)
      return
    }
    var lexer = LooseLexer(bytes)
    // Some of the errors may be told once only.
    let tokens = lexer.tokens(mostErrors: 2 * Self.mostErrors)
    guard tokens.count > 1 || !lexer.errors.isEmpty else {
      self.init(.empty, at: lexer.start)
      return
    }
    var reader = LooseReader(tokens: tokens, lines: LineIndents(bytes), limits: limits)
    reader.errors = lexer.errors
    let document = reader.readDocument()
    self.init(errors: Self.told(reader.errors), document: document, damage: reader.damage)
  }

  private init(errors: [JSONParseError], document: JSONDocument?, damage: [JSONPointer]) {
    self.errors = errors
    self.document = document
    self.damage = damage
  }

  /// By place; the defect of a token and what the structure says of it have one cause.
  private static func told(_ errors: [JSONParseError]) -> [JSONParseError] {
    var places: Set<Int> = []
    let ordered = errors.enumerated()
      .sorted { ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset) }
      .map(\.element)
    return Array(ordered.filter { places.insert($0.offset).inserted }.prefix(mostErrors))
  }

  private init(_ reason: JSONParseError.Reason, at offset: Int) {
    self.init(
      errors: [JSONParseError(reason, at: offset)],
      document: nil,
      damage: [JSONPointer()]
    )
  }
}
