import Expressions
import OrderedJSON
import Testing

@Suite struct DecimalTests {
  private func text(_ expression: String) throws -> String {
    let value = try Expression(parsing: "string(\(expression))").evaluate(in: EmptyScope())
    return try #require(value.stringValue)
  }

  @Test(arguments: [
    ("add(decimal('1.5'),decimal('-1.50'))", "0.00"),
    ("sub(decimal('0.1'),1)", "-0.9"),
    (
      "add(decimal('79228162514264337593543950334'),decimal('0.5'))",
      "79228162514264337593543950334"
    ),
    (
      "add(decimal('79228162514264337593543950333'),decimal('0.5'))",
      "79228162514264337593543950334"
    ),
    (
      "add(decimal('79228162514264337593543950333'),decimal('0.51'))",
      "79228162514264337593543950334"
    ),
    (
      "mul(decimal('0.00000000000001'),decimal('0.000000000000025'))",
      "0.0000000000000000000000000002"
    ),
    (
      "mul(decimal('0.00000000000001'),decimal('0.000000000000035'))",
      "0.0000000000000000000000000004"
    ),
    (
      "mul(decimal('9999999999999.99'),decimal('9999999999999.99'))",
      "99999999999999800000000000.00"
    ),
    ("div(decimal('1.00'),decimal('0.5'))", "2.0"),
    ("div(decimal('1'),decimal('3'))", "0.3333333333333333333333333333"),
    ("div(decimal('-2'),decimal('3'))", "-0.6666666666666666666666666667"),
    ("div(decimal('100'),decimal('0.001'))", "100000"),
    ("mod(decimal('10'),decimal('0.3'))", "0.1"),
    (
      "mod(decimal('0.0000000000000000000000000001'),decimal('70000000000000000000000000000'))",
      "0.0000000000000000000000000001"
    ),
    (
      "mod(decimal('70000000000000000000000000000'),decimal('0.0000000000000000000000000003'))",
      "0.0000000000000000000000000001"
    ),
    ("decimal('-0.00')", "0.00"),
    ("decimal(1.5e3)", "1500"),
    ("decimal('7922816251426433759354395033.55')", "7922816251426433759354395034"),
  ])
  func `decimals compute as those of dot net`(expression: String, expected: String) throws {
    #expect(try text(expression) == expected)
  }

  @Test(arguments: [
    "mul(decimal('79228162514264337593543950335'),decimal('1.1'))",
    "add(decimal('79228162514264337593543950335'),decimal('0.5'))",
    "sub(decimal('-79228162514264337593543950335'),1)",
    "div(decimal('79228162514264337593543950335'),decimal('0.1'))",
    "decimal(1e29)", "decimal('79228162514264337593543950335.5')",
  ])
  func `what does not fit is an error`(expression: String) {
    #expect(throws: ExpressionError.self) { try text(expression) }
  }

  @Test func `order is by value`() throws {
    #expect(try text("equals(decimal('1.50'),1.5)") == "True")
    #expect(try text("less(decimal('-1.51'),decimal('-1.5'))") == "True")
    #expect(try text("greater(decimal('0.0000000000000000000000000001'),0)") == "True")
    #expect(try text("equals(decimal('-0.0'),0)") == "True")
  }
}
