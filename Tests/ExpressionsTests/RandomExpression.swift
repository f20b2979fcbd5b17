import Expressions

/// Writes random expressions, most of them sensible enough to evaluate for a while.
struct RandomExpression {
  var random: SeededGenerator

  mutating func text(depth: Int) -> String {
    let text = depth == 0 || Bool.random(using: &random) && depth < 3 ? literal() : call(depth)
    return space() + text + space()
  }

  private mutating func call(_ depth: Int) -> String {
    let function = FunctionTable.all[Int.random(in: 0..<FunctionTable.all.count, using: &random)]
    let most = min(function.maximumCount ?? 4, 4)
    let isRight = Int.random(in: 0..<20, using: &random) > 0
    let counts =
      isRight ? min(function.minimumCount, most)...max(function.minimumCount, most) : 0...4
    let count = Int.random(in: counts, using: &random)
    let arguments = (0..<count).map { _ in text(depth: depth - 1) }
    let name = Bool.random(using: &random) ? function.name : function.name.uppercased()
    return "\(name)(\(arguments.joined(separator: ",")))" + selections(depth)
  }

  private mutating func selections(_ depth: Int) -> String {
    guard Int.random(in: 0..<4, using: &random) == 0 else { return "" }
    let question = Bool.random(using: &random) ? "?" : ""
    return question + (Bool.random(using: &random) ? ".name" : "[\(text(depth: depth - 1))]")
  }

  private mutating func space() -> String {
    ["", "", "", " ", "\n\t", "\u{3000}"].randomElement(using: &random) ?? ""
  }

  private mutating func literal() -> String {
    Self.literals.randomElement(using: &random) ?? "null"
  }

  private static let literals = [
    "null", "true", "false", "0", "1", "-1", "2", "3", "+7", "9223372036854775807",
    "-9223372036854775808", "0.5", "-2.50", "1e308", "1e-320", "''", "'a'", "'it''s'", "'😀é'",
    "'Day'", "'N2'", "'yyyy-MM-dd'", "'2026-11-20T21:15:00Z'", "'Tokyo Standard Time'", "'de-DE'",
    "'[1,\"a\",null,{\"b\":2.0}]'", "'{\"name\":\"x\",\"Name\":[1]}'", "'<a b=\"1\"><c/>t</a>'",
    "'//a/@b'", "'aGk='", "'data:text/plain;base64,aGk='", "'http://h/p?q'", "'%41'", "'1,000.5'",
    "'#,##0.00;(0)'", "'\u{0}'", "'02:03:04'", "1000000",
  ]
}
