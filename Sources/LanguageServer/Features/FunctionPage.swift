import Expressions
import OrderedJSON

/// The documentation of a function.
enum FunctionPage {
  /// Signature, what it does and an example, in Markdown.
  static func text(_ function: FunctionDefinition) -> String {
    let result = function.example.result.map { " gives `\($0.text)`" } ?? ""
    return """
      ```
      \(function.signature)
      ```

      \(function.summary) Gives \(function.resultKinds.text).

      `@\(function.example.expression)`\(result)
      """
  }
}
