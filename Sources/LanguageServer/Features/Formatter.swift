import OrderedJSON

/// Lays a document out anew: order and spelling stay, what fits on a line may stay on one.
///
/// Source: Language Server Protocol 3.17, section Document Formatting Request.
struct Formatter {
  let document: TextDocument
  let indentation: String
  private var output: [UInt8] = []

  /// The text laid out; `nil` when it is not valid JSON.
  ///
  /// It keeps the indentation that it has; a text without any gets the given one.
  static func text(of document: TextDocument, indentation: String) -> String? {
    guard (try? JSON(parsing: document.bytes)) != nil else { return nil }
    let own = ownIndentation(document.bytes)
    var formatter = Formatter(document: document, indentation: own ?? indentation)
    formatter.write(SyntaxTree(document.bytes).root, level: 0, column: 0)
    return String(decoding: formatter.output, as: UTF8.self) + "\n"
  }

  private init(document: TextDocument, indentation: String) {
    self.document = document
    self.indentation = indentation
  }

  private static let width = 100

  /// What stands before the first member of a text, when that begins a line of its own.
  private static func ownIndentation(_ bytes: [UInt8]) -> String? {
    guard let open = bytes.firstIndex(of: UInt8(ascii: "{")),
      let line = bytes[open...].firstIndex(of: 0x0A),
      bytes[open + 1..<line].allSatisfy({ " \t\r".utf8.contains($0) })
    else { return nil }
    let blanks = bytes[(line + 1)...].prefix { $0 == 0x20 || $0 == 0x09 }
    let isUsual = blanks.allSatisfy { $0 == 0x20 } ? blanks.count <= 8 : blanks.count == 1
    return blanks.isEmpty || !isUsual ? nil : String(decoding: blanks, as: UTF8.self)
  }

  private mutating func write(_ node: SyntaxNode, level: Int, column: Int) {
    switch node.kind {
    case .object(let members) where !members.isEmpty:
      if isShort(node, column) { return writeLine(node) }
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        breakLine(level + 1, after: index)
        write(member, level: level + 1)
      }
      breakLine(level, after: 0)
      output.append(UInt8(ascii: "}"))
    case .array(let elements) where !elements.isEmpty:
      if isShort(node, column) { return writeLine(node) }
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        breakLine(level + 1, after: index)
        write(element, level: level + 1, column: indentation.count * (level + 1))
      }
      breakLine(level, after: 0)
      output.append(UInt8(ascii: "]"))
    default: writeLine(node)
    }
  }

  private mutating func write(_ member: SyntaxMember, level: Int) {
    output += document.bytes[member.key.range]
    output += ": ".utf8
    guard let value = member.value else { return }
    let column = indentation.count * level + member.key.range.count + 2
    write(value, level: level, column: column)
  }

  private mutating func breakLine(_ level: Int, after index: Int) {
    if index > 0 { output.append(UInt8(ascii: ",")) }
    output.append(0x0A)
    for _ in 0..<level { output += indentation.utf8 }
  }

  /// Whether the author wrote it on one line, and it fits there.
  private func isShort(_ node: SyntaxNode, _ column: Int) -> Bool {
    !document.bytes[node.range].contains(0x0A) && column + node.range.count <= Self.width
  }

  private mutating func writeLine(_ node: SyntaxNode) {
    switch node.kind {
    case .object(let members):
      output += (members.isEmpty ? "{" : "{ ").utf8
      for (index, member) in members.enumerated() {
        if index > 0 { output += ", ".utf8 }
        output += document.bytes[member.key.range]
        output += ": ".utf8
        if let value = member.value { writeLine(value) }
      }
      output += (members.isEmpty ? "}" : " }").utf8
    case .array(let elements):
      output.append(UInt8(ascii: "["))
      for (index, element) in elements.enumerated() {
        if index > 0 { output += ", ".utf8 }
        writeLine(element)
      }
      output.append(UInt8(ascii: "]"))
    case .string, .scalar, .missing: output += document.bytes[node.range]
    }
  }
}
