/// One parameter of a function.
package struct FunctionParameter: Hashable, Sendable {
  package let name: String
  package let kinds: KindSet
  package private(set) var isOptional = false
  /// Whether any number of further arguments may follow.
  package private(set) var isRepeated = false

  package init(_ name: String, _ kinds: KindSet) {
    self.name = name
    self.kinds = kinds
  }

  var optional: FunctionParameter {
    var copy = self
    copy.isOptional = true
    return copy
  }

  var repeated: FunctionParameter {
    var copy = self
    copy.isRepeated = true
    return copy
  }

  static func text(_ name: String) -> FunctionParameter { FunctionParameter(name, .string) }
  static func integer(_ name: String) -> FunctionParameter { FunctionParameter(name, .integer) }
  static func number(_ name: String) -> FunctionParameter { FunctionParameter(name, .number) }
  static func boolean(_ name: String) -> FunctionParameter { FunctionParameter(name, .boolean) }
  static func array(_ name: String) -> FunctionParameter { FunctionParameter(name, .array) }
  static func object(_ name: String) -> FunctionParameter { FunctionParameter(name, .object) }
  static func any(_ name: String) -> FunctionParameter { FunctionParameter(name, .any) }

  static func either(_ name: String, _ kinds: KindSet) -> FunctionParameter {
    FunctionParameter(name, kinds)
  }
}
