import Diagnostics
import OrderedJSON

/// Texts searched in texts; these functions are documented to ignore case.
///
/// Source: workflow language reference, section c.1.
enum StringSearchFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .string,
      "indexOf",
      [.text("text"), .text("searchText")],
      "Where a text first occurs, ignoring case, or -1.",
      "indexOf('hello world', 'World')",
      gives: 6,
      .two(indexOf)
    ),
    FunctionDefinition(
      .string,
      "lastIndexOf",
      [.text("text"), .text("searchText")],
      "Where a text last occurs, ignoring case, or -1.",
      "lastIndexOf('hello world hello', 'hello')",
      gives: 12,
      .two(lastIndexOf)
    ),
    FunctionDefinition(
      .string,
      "nthIndexOf",
      [.text("text"), .text("searchText"), .integer("occurrence")],
      "Where a text occurs for the nth time, or -1; a negative n counts from the end.",
      "nthIndexOf('123123', '1', 2)",
      gives: 3,
      .many(nthIndexOf)
    ),
    FunctionDefinition(
      .string,
      "startsWith",
      [.text("text"), .text("searchText")],
      "Whether a text starts with another, ignoring case.",
      "startsWith('hello world', 'HELLO')",
      gives: true,
      .two { text, search in
        let units = OrdinalText.folded(text.checkedText)
        return .bool(units.starts(with: OrdinalText.folded(search.checkedText)))
      }
    ),
    FunctionDefinition(
      .string,
      "endsWith",
      [.text("text"), .text("searchText")],
      "Whether a text ends with another, ignoring case.",
      "endsWith('hello world', 'WORLD')",
      gives: true,
      .two { text, search in
        let units = OrdinalText.folded(text.checkedText)
        let end = OrdinalText.folded(search.checkedText)
        return .bool(units.suffix(end.count).elementsEqual(end))
      }
    ),
  ]

  @Sendable private static func indexOf(_ text: JSON, _ search: JSON) -> JSON {
    let search = PatternSearch(OrdinalText.folded(search.checkedText))
    let index = search.firstIndex(in: OrdinalText.folded(text.checkedText))
    return .integer(Int64(index ?? -1))
  }

  /// An empty text is found at the last character, as in the .NET Framework.
  @Sendable private static func lastIndexOf(_ text: JSON, _ search: JSON) -> JSON {
    let units = OrdinalText.folded(text.checkedText)
    let needle = OrdinalText.folded(search.checkedText)
    if needle.isEmpty { return .integer(Int64(max(0, units.count - 1))) }
    let fromEnd = PatternSearch(needle.reversed()).firstIndex(in: units.reversed())
    return .integer(Int64(fromEnd.map { units.count - $0 - needle.count } ?? -1))
  }

  /// Occurrences may overlap.
  @Sendable private static func nthIndexOf(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    let occurrence = arguments.integer(2)
    guard occurrence != 0 else {
      throw .invalid("'nthIndexOf' expects 'occurrence' to not be 0", hint: "1 is the first")
    }
    let search = PatternSearch(OrdinalText.folded(arguments.text(1)))
    let limit = occurrence > 0 ? Int(clamping: occurrence) : Int.max
    let hits = search.indexes(in: OrdinalText.folded(arguments.text(0)), atMost: limit)
    let index = occurrence > 0 ? occurrence - 1 : Int64(hits.count) + occurrence
    guard let place = Int(exactly: index), hits.indices.contains(place) else { return -1 }
    return .integer(Int64(hits[place]))
  }
}
