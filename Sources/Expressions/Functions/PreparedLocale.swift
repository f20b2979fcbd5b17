import OrderedJSON
import Timekeeping

/// A locale that a call names literally, looked up once when the call is compiled.
///
/// Looking one up costs a few hundred microseconds, more than everything else in most steps.
final class PreparedLocale: Sendable {
  /// For functions over time; `nil` for an unknown name.
  let culture: Culture?
  /// For functions over numbers; `nil` for an unknown name.
  let symbols: NumberSymbols?

  /// `nil` when the call names no locale, or one that is at hand anyway.
  init?(function: FunctionDefinition?, arguments: [Node]) {
    guard let function,
      let index = function.parameters.firstIndex(where: { $0.name == "locale" }),
      index < arguments.count, case .literal(let literal) = arguments[index],
      let name = literal.value.stringValue, !name.isEmpty
    else { return nil }
    let isTime = function.family == .time
    culture = isTime ? Culture(named: name) : nil
    symbols = isTime ? nil : try? NumberSymbols.named(name)
  }
}

extension Arguments {
  /// The culture that the argument at an index names; without it en-US.
  ///
  /// Throws E0303 for an unknown name.
  func culture(_ index: Int) throws(ExpressionError) -> Culture {
    if let culture = locale?.culture { return culture }
    return try TimeArgument.culture(optionalText(index))
  }

  /// The number symbols of the culture that the argument at an index names.
  ///
  /// Throws E0303 for an unknown name.
  func symbols(_ index: Int, default name: String) throws(ExpressionError) -> NumberSymbols {
    if let symbols = locale?.symbols { return symbols }
    return try NumberSymbols.named(optionalText(index) ?? name)
  }
}
