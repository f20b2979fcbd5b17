import Expressions
import OrderedJSON
import Testing

@Suite struct ExplanationTests {
  @Test func `every node that was evaluated has its value`() throws {
    let expression = try Expression(parsing: "if(equals(1, 2), gone(), concat('a', 'b'))")
    let root = expression.explain(in: EmptyScope())
    #expect(try root.outcome.get() == "ab")
    #expect(root.children.map(\.text) == ["equals(1, 2)", "concat('a', 'b')"])
    #expect(root.children[0].children.map(\.text) == ["1", "2"])
  }

  @Test func `a failure stands where it happened and above`() throws {
    let root = try Expression(parsing: "concat(1, int('x'), 2)").explain(in: EmptyScope())
    #expect(throws: ExpressionError.self) { try root.outcome.get() }
    #expect(root.children.count == 2)
    #expect(throws: ExpressionError.self) { try root.children[1].outcome.get() }
  }

  @Test func `selections show their base and their keys`() throws {
    let root = try Expression(parsing: "json('{\"a\":5}')?['a']").explain(in: EmptyScope())
    #expect(root.children.map(\.text) == ["json('{\"a\":5}')", "'a'"])
    #expect(try root.outcome.get() == 5)
  }
}
