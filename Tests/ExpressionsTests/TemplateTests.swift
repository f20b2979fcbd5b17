import Diagnostics
import Expressions
import OrderedJSON
import Testing
import Timekeeping

@Suite struct TemplateTests {
  private func failure(compiling value: JSON) -> ExpressionError? {
    do throws(ExpressionError) {
      _ = try Template(compiling: value)
      return nil
    } catch {
      return error
    }
  }

  private func failure(evaluating value: JSON) throws -> ExpressionError? {
    let template = try Template(compiling: value)
    do throws(ExpressionError) {
      _ = try template.evaluate(in: EmptyScope())
      return nil
    } catch {
      return error
    }
  }

  @Test func `the first problem has its pointer and its place in the string`() {
    let error = failure(compiling: ["a": ["ok", "text @{concat(1,)}"]])
    #expect(error?.pointer?.description == "/a/1")
    #expect(error?.range == 16..<17)
    #expect(error?.code == "InvalidTemplate")
  }

  @Test func `a key that does not parse points at its member`() {
    #expect(failure(compiling: ["@{": 1])?.pointer?.tokens == ["@{"])
  }

  @Test func `an error of evaluation has its pointer and the range of the call`() throws {
    let error = try failure(evaluating: ["a": [1, ["b/c": "@concat('x', int('y'))"]]])
    #expect(error?.pointer?.description == "/a/1/b~1c")
    #expect(error?.range == 13..<21)
  }

  @Test func `an error of a selection has the range of its step`() throws {
    let error = try failure(evaluating: "x @{json('{}').a.b}")
    #expect(error?.range == 14..<16)
    #expect(error?.pointer == JSONPointer())
    #expect(error?.diagnosticCode == .missingProperty)
  }

  @Test func `an error becomes a diagnostic`() throws {
    let diagnostic = try failure(evaluating: ["a": "@body('x')"])?.diagnostic
    #expect(diagnostic?.code.id == "E0201")
    #expect(diagnostic?.pointer == "/a")
    #expect(diagnostic?.message == "there is no action 'x', or it has not run yet")
  }

  @Test func `constant parts are folded`() throws {
    #expect(try Template(compiling: ["a": [1, "@@x", "@5"]]).constant == ["a": [1, "@x", 5]])
    #expect(try Template(compiling: "@null").constant == .null)
    #expect(try !Template(compiling: ["a": "@item()"]).isConstant)
    #expect(try !Template(compiling: ["@{item()}": 1]).isConstant)
  }

  @Test func `references are listed once in the order of the value`() throws {
    let template = try Template(compiling: [
      "a": "@concat(body('Get')?[variables('key')], outputs('Get'))",
      "b": "@{parameters('p')} @{items('Each')} @{item()} @{triggerBody()}",
      "c": "@actions(concat('G', 'et'))",
      "d": "@{appsetting('S')}@{iterationIndexes('U')}@{result('R')}@{action()}",
      "e": "@{workflow()}@{listCallbackUrl()}",
    ])
    #expect(
      template.references == [
        .action("Get"), .variable("key"), .parameter("p"), .loop("Each"), .item, .trigger,
        .dynamic(function: "actions"), .appSetting("S"), .until("U"), .scope("R"), .currentAction,
        .workflow, .callbackURL,
      ]
    )
  }

  @Test func `unknown functions compile and fail only when they are reached`() throws {
    #expect(try Template(compiling: "@if(true,1,nope())").evaluate(in: EmptyScope()) == 1)
    #expect(try failure(evaluating: "@nope()")?.diagnosticCode == .unknownFunction)
  }

  @Test func `errors suggest what was meant`() throws {
    #expect(try failure(evaluating: "@concta('a')")?.hint == "did you mean 'concat'?")
    #expect(
      try failure(evaluating: "@json('{\"name\":1}').nmae")?.hint
        == "did you mean 'name'? Otherwise write '?' before it to get null instead"
    )
    #expect(try failure(evaluating: "@length()")?.hint == "call it as length(collection)")
    #expect(
      try failure(evaluating: "@addToTime('2026-01-01',1,'dya')")?.hint == "did you mean 'Day'?"
    )
  }

  @Test(arguments: ["hunter2", String(repeating: "s3cret-", count: 20)])
  func `messages quote no values that may be secrets`(secret: String) throws {
    let calls = [
      "int", "float", "decimal", "json", "formatDateTime", "bool", "xml", "uriHost",
      "dateDifference",
    ]
    for call in calls {
      let more = call == "dateDifference" ? ",'2026-01-01'" : ""
      let error = try #require(try failure(evaluating: .string("@\(call)('\(secret)'\(more))")))
      #expect(!error.message.contains(secret), "\(call)")
    }
  }

  @Test func `messages quote mistyped numbers and times`() throws {
    #expect(try failure(evaluating: "@int('1.2.3')")?.message.contains("'1.2.3'") == true)
    #expect(
      try failure(evaluating: "@addDays('2026-02-30',1)")?.message
        == "'timestamp' is not a time: '2026-02-30'"
    )
  }
}
