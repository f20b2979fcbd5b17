import Diagnostics
package import OrderedJSON

extension Template {
  /// All problems of a value that can be known before it is evaluated.
  ///
  /// Errors are texts that do not parse, unknown functions, wrong numbers of arguments, and
  /// arguments and selections of the wrong kind, as far as kinds are known. What stands where
  /// evaluation may never come is a warning.
  package static func check(
    _ value: JSON,
    kinds: KindInference = .standard,
    budget: Budget = .standard
  ) -> [TemplateProblem] {
    inspect(value, kinds: kinds, budget: budget).problems
  }

  /// The problems of a value, and all that its expressions refer to, with their places.
  package static func inspect(
    _ value: JSON,
    kinds: KindInference = .standard,
    budget: Budget = .standard
  ) -> (problems: [TemplateProblem], references: [LocatedReference]) {
    var checker = TemplateChecker(compiler: TemplateCompiler(budget: budget), kinds: kinds)
    checker.check(value, JSONPointer())
    return (checker.problems, checker.references)
  }
}

/// Walks a value and collects the problems of its expressions.
struct TemplateChecker {
  let compiler: TemplateCompiler
  let kinds: KindInference
  private(set) var problems: [TemplateProblem] = []
  private(set) var references: [LocatedReference] = []
  private var pointer = JSONPointer()
  private var length = 0
  private var isKey = false

  init(compiler: TemplateCompiler, kinds: KindInference) {
    self.compiler = compiler
    self.kinds = kinds
  }

  /// Azure Logic Apps refuses longer expressions.
  private static let portableLength = 8192

  mutating func check(_ value: JSON, _ place: JSONPointer) {
    switch value {
    case .string(let text): check(text: text, place)
    case .array(let elements):
      for (index, element) in elements.enumerated() { check(element, place.appending(index)) }
    case .object(let object):
      for member in object {
        isKey = true
        check(text: member.key, place.appending(member.key))
        isKey = false
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
    case .selection(let selection):
      checkSelection(selection, isCertain: isCertain)
      for child in node.children { check(child, isCertain: isCertain) }
    case .call(let call): check(call, isCertain: isCertain)
    }
  }

  private mutating func check(_ call: Node.Call, isCertain: Bool) {
    if !call.isValid {
      report(CallDefect.error(of: call), isCertain ? .error : .warning)
    } else if let function = call.function {
      checkArguments(call, function, isCertain: isCertain)
    }
    if let reference = ReferenceCollector.reference(of: call) {
      let name = call.arguments.first?.range
      references.append(
        LocatedReference(
          reference: reference,
          pointer: pointer,
          isKey: isKey,
          range: name ?? call.range
        )
      )
    }
    let isLazy = call.function?.isLazy ?? false
    for (index, argument) in call.arguments.enumerated() {
      check(argument, isCertain: isCertain && (!isLazy || index == 0))
    }
  }

  private mutating func checkArguments(
    _ call: Node.Call,
    _ function: FunctionDefinition,
    isCertain: Bool
  ) {
    for (index, argument) in call.arguments.enumerated() {
      let isCertain = isCertain && (!function.isLazy || index == 0)
      let parameter = function.parameter(at: index)
      let given = kinds.kinds(of: argument)
      guard given.isDisjoint(with: parameter.kinds) else { continue }
      let error =
        switch argument {
        case .literal(let literal):
          CallDefect.wrongKind(of: literal.value, for: parameter, of: function)
        default: CallDefect.wrongKind(of: argument, giving: given, for: parameter, of: function)
        }
      report(error.located(at: argument.range), isCertain ? .error : .warning)
    }
  }

  /// Of a selection only the first step starts from something whose kind may be known.
  private mutating func checkSelection(_ selection: Node.Selection, isCertain: Bool) {
    guard let step = selection.steps.first,
      let error = CallDefect.selection(
        of: step,
        from: selection.base,
        giving: kinds.kinds(of: selection.base),
        by: kinds.kinds(of: step.key)
      )
    else { return }
    report(error, isCertain ? .error : .warning)
  }

  private mutating func report(_ error: ExpressionError, _ severity: Diagnostic.Severity) {
    var error = error
    if severity == .warning, error.diagnosticCode == .unknownFunction {
      error.diagnosticCode = .lazyUnknownFunction
    }
    problems.append(
      TemplateProblem(
        error,
        severity: severity,
        pointer: pointer,
        isKey: isKey,
        fallback: 0..<length
      )
    )
  }
}
