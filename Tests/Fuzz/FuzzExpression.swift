import Expressions
import OrderedJSON

/// Parses arbitrary text as an expression, prints and parses it again, and evaluates it.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzExpression(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
  _ = Template.check(.string(text))
  if let template = try? Template(compiling: .string(text)) {
    _ = try? template.evaluate(in: EmptyScope())
  }
  guard let expression = try? Expression(parsing: text) else { return 0 }
  guard let again = try? Expression(parsing: expression.text) else {
    fatalError("what was printed cannot be parsed: \(expression.text)")
  }
  guard again.text == expression.text else {
    fatalError("printing is not stable: \(expression.text)")
  }
  return 0
}
