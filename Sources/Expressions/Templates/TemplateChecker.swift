import Diagnostics
package import OrderedJSON

extension Template {
  /// All problems of a value that can be known before it is evaluated.
  ///
  /// Errors are texts that do not parse, unknown functions, wrong numbers of arguments, and
  /// literals of the wrong kind. What stands where evaluation may never come is a warning.
  package static func check(
    _ value: JSON,
    budget: Budget = .standard
  ) -> [TemplateProblem] {
    var checker = TemplateChecker(compiler: TemplateCompiler(budget: budget))
    checker.check(value, JSONPointer())
    return checker.problems
  }
}

/// Walks a value and collects the problems of its expressions.
struct TemplateChecker {
  let compiler: TemplateCompiler
  private(set) var problems: [TemplateProblem] = []
  private var pointer = JSONPointer()
  private var length = 0

  init(compiler: TemplateCompiler) { self.compiler = compiler }

  /// Azure Logic Apps refuses longer expressions.
  private static let portableLength = 8192

  mutating func check(_ value: JSON, _ place: JSONPointer) {
    switch value {
    case .string(let text): check(text: text, place)
    case .array(let elements):
      for (index, element) in elements.enumerated() { check(element, place.appending(index)) }
    case .object(let object):
      for member in object {
        check(text: member.key, place.appending(member.key))
        check(member.value, place.appending(member.key))
      }
    default: break
    }
  }

  private mutating func check(text: String, _ place: JSONPointer) {
    pointer = place
    length = text.utf8.count
    do throws(ExpressionError) {
      switch try compiler.part(text) {
      case .expression(let node): checkExpression(node)
      case .interpolation(let segments):
        for case .expression(let node) in segments { checkExpression(node) }
      default: break
      }
    } catch {
      report(error, .error)
    }
  }

  private mutating func checkExpression(_ node: Node) {
    if node.range.count > Self.portableLength {
      let error = ExpressionError(
        .expressionTooLong,
        "the expression has more than \(Self.portableLength) characters, "
          + "which Azure Logic Apps refuses",
        hint: "compute parts of it in a Compose action or a variable",
        range: node.range
      )
      report(error, .warning)
    }
    check(node, isCertain: true)
  }

  private mutating func check(_ node: Node, isCertain: Bool) {
    switch node {
    case .literal: break
    case .selection:
      for child in node.children { check(child, isCertain: isCertain) }
    case .call(let call): check(call, isCertain: isCertain)
    }
  }

  private mutating func check(_ call: Node.Call, isCertain: Bool) {
    if !call.isValid {
      report(CallDefect.error(of: call), isCertain ? .error : .warning)
    } else if let function = call.function {
      checkLiterals(call, function, isCertain: isCertain)
    }
    let isLazy = call.function?.isLazy ?? false
    for (index, argument) in call.arguments.enumerated() {
      check(argument, isCertain: isCertain && (!isLazy || index == 0))
    }
  }

  private mutating func checkLiterals(
    _ call: Node.Call,
    _ function: FunctionDefinition,
    isCertain: Bool
  ) {
    for (index, argument) in call.arguments.enumerated() {
      guard case .literal(let literal) = argument else { continue }
      let parameter = function.parameter(at: index)
      guard !parameter.kinds.contains(KindSet(of: literal.value)) else { continue }
      let error = CallDefect.wrongKind(of: literal.value, for: parameter, of: function)
      report(error.located(at: literal.range), isCertain ? .error : .warning)
    }
  }

  private mutating func report(_ error: ExpressionError, _ severity: Diagnostic.Severity) {
    var error = error
    if severity == .warning, error.diagnosticCode == .unknownFunction {
      error.diagnosticCode = .lazyUnknownFunction
    }
    problems.append(
      TemplateProblem(error, severity: severity, pointer: pointer, fallback: 0..<length)
    )
  }
}
