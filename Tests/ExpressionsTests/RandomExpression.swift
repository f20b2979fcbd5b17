import Fixtures
import Expressions

/// Writes random expressions, most of them with arguments that their functions accept.
struct RandomExpression {
  var random: SeededGenerator

  mutating func text(depth: Int) -> String { text(.any, depth) }

  private mutating func text(_ kinds: KindSet, _ depth: Int) -> String {
    let isLiteral = depth == 0 || Int.random(in: 0..<3, using: &random) > 0 && depth < 4
    return space() + (isLiteral ? literal(kinds) : call(depth)) + space()
  }

  private mutating func call(_ depth: Int) -> String {
    let function = FunctionTable.all[Int.random(in: 0..<FunctionTable.all.count, using: &random)]
    let most = min(function.maximumCount ?? 4, 4)
    let isRight = Int.random(in: 0..<20, using: &random) > 0
    let counts = isRight ? min(function.minimumCount, most)...most : 0...4
    let count = Int.random(in: counts, using: &random)
    let arguments = (0..<count).map { index in
      let last = function.parameters.count - 1
      return text(last < 0 ? .any : function.parameters[min(index, last)].kinds, depth - 1)
    }
    let name = Bool.random(using: &random) ? function.name : function.name.uppercased()
    return "\(name)(\(arguments.joined(separator: ",")))" + selections(depth)
  }

  private mutating func selections(_ depth: Int) -> String {
    guard Int.random(in: 0..<8, using: &random) == 0 else { return "" }
    let question = Bool.random(using: &random) ? "?" : ""
    let key = text([.string, .integer], max(0, depth - 1))
    return question + (Bool.random(using: &random) ? ".name" : "[\(key)]")
  }

  private mutating func space() -> String {
    ["", "", "", " ", "\n\t", "\u{3000}"].randomElement(using: &random) ?? ""
  }

  private mutating func literal(_ kinds: KindSet) -> String {
    let isRight = Int.random(in: 0..<15, using: &random) > 0
    let fitting = Self.literals.filter { !isRight || !kinds.isDisjoint(with: $0.kinds) }
    return fitting.randomElement(using: &random)?.texts.randomElement(using: &random) ?? "null"
  }

  private static let literals: [(kinds: KindSet, texts: [String])] = [
    (.null, ["null"]),
    (.boolean, ["true", "false"]),
    (
      .integer,
      ["0", "1", "-1", "2", "+7", "9223372036854775807", "-9223372036854775808", "1000000"]
    ),
    (.float, ["0.5", "-2.50", "1e308", "1e-320", "0.0", "-0.0", "1.", "float('NaN')", "1e999"]),
    (
      .decimal,
      [
        "decimal('0.0')", "decimal('79228162514264337593543950335')", "decimal('-1.50')",
        "decimal('0.0000000000000000000000000001')",
      ]
    ),
    (
      .array,
      [
        "json('[]')", "json('[1,\"a\",null,{\"b\":2.0}]')", "createArray(3,1,2)",
        "createArray('b','a')", "json('[[[]]]')",
      ]
    ),
    (
      .object,
      [
        "json('{}')", "json('{\"name\":\"x\",\"Name\":[1]}')", "binary('hi')", "xml('<a>b</a>')",
        "json('{\"a\":{\"@b\":1,\"#text\":[\"c\",2]}}')", "base64ToBinary('/w==')",
      ]
    ),
    (
      .string,
      [
        "''", "'a'", "'it''s'", "'😀é'", "'Day'", "'N2'", "'yyyy-MM-dd'", "'C'", "'G3'", "'o'",
        "'2026-11-20T21:15:00Z'", "'0001-01-01'", "'9999-12-31T23:59:59'", "'11/20/2026 9 PM'",
        "'Tokyo Standard Time'", "'de-DE'", "'[1,2]'", "'{\"a\":1}'", "'<a b=\"1\"><c/>t</a>'",
        "'//a/@b'", "'count(//*)'", "'aGk='", "'data:text/plain;base64,aGk='", "'http://h/p?q'",
        "'%41'", "'1,000.5'", "'-1e5'", "'#,##0.00;(0)'", "'0.0#E+0'", "'\u{0}'", "'02:03:04'",
        "'d\\.hh'", "'xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'", "'%'", "' '", "'\u{FEFF}'",
      ]
    ),
  ]
}
