import CommandLineArguments
import Crypto
import Diagnostics
import Expressions
import Foundation
import OrderedJSON
import Seams

extension Command {
  static let eval = Command(
    spec: CommandSpec(
      "eval",
      summary: "Evaluate an expression of the workflow language",
      positionals: [
        PositionalSpec("EXPRESSION", "For example \"@concat('a', 'b')\"", isRequired: false)
      ],
      options: [
        OptionSpec(
          "context",
          "FILE",
          "A JSON object with parameters, variables, trigger, actions, …"
        ),
        OptionSpec("explain", nil, "Print the value of every part of the expression"),
        OptionSpec("lines", nil, "Read {\"expr\", \"context\"} lines and write a result for each"),
      ]
    )
  ) { context in
    if context.arguments.has("lines") { return evaluateLines(context) }
    guard let text = context.arguments[0] else {
      throw UsageError("'eval' needs an EXPRESSION, or --lines", hint: "weir eval \"@add(1, 2)\"")
    }
    let scope = try contextObject(context)
    if context.arguments.has("explain") { return try explain(text, in: scope, context) }
    do throws(ExpressionError) {
      context.console.writeResult(try value(of: .string(text), in: scope).text + "\n")
      return .success
    } catch {
      throw CommandFailure([diagnostic(error, text)], .failure)
    }
  }

  // MARK: Explaining

  private static func explain(_ text: String, in values: JSON, _ context: Context)
    throws(CommandFailure) -> ExitCode
  {
    do throws(ExpressionError) {
      let template = try Template(compiling: .string(text))
      let scope = try scope(values)
      guard let expression = template.expression else {
        context.print(try template.evaluate(in: scope).text)
        return .success
      }
      let explanation = expression.explain(in: scope)
      if context.wantsJSON {
        context.print(document(explanation))
      } else {
        context.print(lines(explanation, indent: "").joined(separator: "\n"))
      }
      if case .failure = explanation.outcome { return .failure }
      return .success
    } catch {
      throw CommandFailure([diagnostic(error, text)], .failure)
    }
  }

  /// Each part under the part that it belongs to, with its value or why it has none.
  private static func lines(_ explanation: Explanation, indent: String) -> [String] {
    let outcome: String
    switch explanation.outcome {
    case .success(let value): outcome = "= \(shortened(value.text))"
    case .failure(let error): outcome = "fails: \(error.message)"
    }
    return ["\(indent)\(shortened(explanation.text))  \(outcome)"]
      + explanation.children.flatMap { lines($0, indent: indent + "  ") }
  }

  private static func shortened(_ text: String) -> String {
    text.count <= 100 ? text : text.prefix(97) + "…"
  }

  private static func document(_ explanation: Explanation) -> JSON {
    var object: JSONObject = ["expression": .string(explanation.text)]
    switch explanation.outcome {
    case .success(let value): object["value"] = value
    case .failure(let failure):
      object["error"] = ["code": .string(failure.code), "message": .string(failure.message)]
    }
    object["parts"] = .array(explanation.children.map(document))
    return .object(object)
  }

  private static func value(of expression: JSON, in context: JSON) throws(ExpressionError) -> JSON {
    let template = try Template(compiling: expression)
    return try template.evaluate(in: scope(context))
  }

  /// The context with this moment's time and dice, unless it fixes the time.
  private static func scope(_ context: JSON) throws(ExpressionError) -> ContextScope {
    try ContextScope(context, now: SystemClock().now(), seed: SystemEntropy().number())
  }

  private static func contextObject(_ context: Context) throws(CommandFailure) -> JSON {
    guard let path = context.arguments.value("context") else { return [:] }
    let project = Project(context)
    let bytes = try TextFile.read(project.absolute(path), shownAs: path)
    return try InputFile.json(bytes, file: path)
  }

  private static func diagnostic(_ error: ExpressionError, _ text: String) -> Diagnostic {
    let source = SourceText(file: "expression", bytes: Array(text.utf8))
    let range = error.range ?? 0..<text.utf8.count
    return Diagnostic(
      error.diagnosticCode,
      error.message,
      hint: error.hint,
      location: source.location(of: range)
    )
  }

  // MARK: Lines

  private static func evaluateLines(_ context: Context) -> ExitCode {
    while let line = readLine(strippingNewline: true) {
      guard line.contains(where: { !$0.isWhitespace }) else { continue }
      context.console.writeResult(result(of: line).text + "\n")
    }
    return .success
  }

  private static func result(of line: String) -> JSON {
    do {
      let request = try JSON(parsing: line)
      guard let expression = request["expr"] else {
        return error("InvalidRequest", "the line has no member 'expr'")
      }
      return ["value": try value(of: expression, in: request["context"] ?? [:])]
    } catch let failure as ExpressionError {
      return error(failure.code, failure.message)
    } catch let failure as JSONParseError {
      return error("InvalidRequest", "the line is not JSON: \(failure.message)")
    } catch {
      return Self.error("InvalidRequest", "\(error)")
    }
  }

  private static func error(_ code: String, _ message: String) -> JSON {
    ["error": ["code": .string(code), "message": .string(message)]]
  }
}
