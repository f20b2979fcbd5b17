import Diagnostics
import Expressions
import Fixtures
import OrderedJSON
import Timekeeping

/// One line of a file of cases: an expression with its context, and its value or failure.
struct ExpressionCase: CustomStringConvertible, Sendable {
  let name: String
  let expression: JSON
  let context: JSON
  /// `nil` when the case must fail.
  let expected: JSON?
  /// The code of the failure, when the case names one.
  let code: String?

  init(_ json: JSON) {
    expression = json["expr"] ?? .null
    name = json["name"]?.stringValue ?? expression.text
    context = json["context"] ?? [:]
    let error: JSON? = json["error"]
    expected = if case .some = error { nil } else { json["expect"] ?? .null }
    code = error?.stringValue
  }

  var description: String { name }

  static func cases(_ json: JSON) -> [ExpressionCase] {
    (json.arrayValue ?? []).map(ExpressionCase.init)
  }

  static func cases(in file: String) throws -> [ExpressionCase] {
    cases(try Fixtures.json("ExpressionsTests/Data/\(file).json"))
  }

  /// What the expression gives, from compilation to value.
  func outcome() -> Result<JSON, ExpressionError> {
    do throws(ExpressionError) {
      let now = Timestamp(seconds: 1_795_209_300)
      let scope = try ContextScope(context, now: now, seed: 7)
      return .success(try Template(compiling: expression).evaluate(in: scope))
    } catch {
      return .failure(error)
    }
  }

  /// What differs from the expectation; `nil` when nothing does.
  func difference() -> String? {
    switch (outcome(), expected) {
    case (.success(let value), let expected?):
      value == expected && value.hasShape(of: expected)
        ? nil : "\(name) gave \(value.text) instead of \(expected.text)"
    case (.success(let value), nil): "\(name) gave \(value.text) instead of failing"
    case (.failure(let error), let expected?):
      "\(name) failed with \(error.diagnosticCode.id) \(error.message) instead of \(expected.text)"
    case (.failure(let error), nil):
      code == nil || code == error.diagnosticCode.id
        ? nil : "\(name) failed with \(error.diagnosticCode.id) instead of \(code ?? "")"
    }
  }
}

extension JSON {
  /// Whether kinds and the order of members agree; an integer may be written for a float.
  fileprivate func hasShape(of other: JSON) -> Bool {
    switch (self, other) {
    case (.array(let left), .array(let right)):
      return zip(left, right).allSatisfy { $0.hasShape(of: $1) }
    case (.object(let left), .object(let right)):
      return zip(left, right).allSatisfy { $0.key == $1.key && $0.value.hasShape(of: $1.value) }
    case (.integer, .double), (.integer, .decimal): return false
    case (.double, .integer), (.decimal, .integer): return true
    default: return kindName == other.kindName
    }
  }
}
