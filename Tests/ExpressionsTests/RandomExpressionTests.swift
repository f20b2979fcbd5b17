import Fixtures
import Expressions
import OrderedJSON
import Testing

@Suite struct RandomExpressionTests {
  @Test(arguments: [1, 20_261_120, 77])
  func `random trees survive being printed and parsed again`(seed: UInt64) throws {
    var source = RandomExpression(random: SeededGenerator(state: seed))
    for round in 0..<2000 {
      let text = source.text(depth: 4)
      let first = try Expression(parsing: text)
      let second = try Expression(parsing: first.text)
      #expect(first.node == second.node, "seed \(seed) round \(round): \(text)")
      #expect(first.text == second.text, "seed \(seed) round \(round): \(text)")
    }
  }

  @Test(arguments: [3, 20_261_121, 99])
  func `random trees evaluate or fail but never crash`(seed: UInt64) throws {
    var source = RandomExpression(random: SeededGenerator(state: seed))
    var values = 0
    let budget = Budget(steps: 20_000, textLength: 100_000)
    let scope = try ContextScope(["item": ["name": "x"], "trigger": ["outputs": ["body": [1]]]])
    for _ in 0..<4000 {
      let expression = try Expression(parsing: source.text(depth: 3))
      if (try? expression.evaluate(in: scope, budget: budget)) != nil { values += 1 }
    }
    #expect(values > 100)
  }

  @Test(arguments: [5, 20_261_122])
  func `random bytes parse or fail but never crash`(seed: UInt64) {
    var random = SeededGenerator(state: seed)
    let alphabet = Array("@{}()[]?.,'\"+-0129eE abc$_\n\u{3000}😀".unicodeScalars)
    for _ in 0..<5000 {
      let count = Int.random(in: 0..<40, using: &random)
      let scalars = (0..<count).compactMap { _ in alphabet.randomElement(using: &random) }
      let text = String(String.UnicodeScalarView(scalars))
      _ = try? Template(compiling: .string(text))
      #expect(
        Template.check(.string(text)).allSatisfy { $0.range.upperBound <= text.utf8.count + 1 }
      )
    }
  }
}
