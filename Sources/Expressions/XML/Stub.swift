import OrderedJSON
enum XMLName {
  static func escapedValue(_ text: String) -> String { text }
  static func unescapedValue(_ text: String) -> String { text }
  static func encoded(_ text: String) -> String { text }
  static func decoded(_ text: String) -> String { text }
}
enum XMLToJSON {
  static func json(of envelope: ContentEnvelope) throws(ExpressionError) -> JSON { .null }
}
enum XMLFunctions { static let all: [FunctionDefinition] = [] }
