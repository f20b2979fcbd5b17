/// All functions of the language, by name.
///
/// Source: workflow language reference, section (c).
package enum FunctionTable {
  /// Every function, family by family.
  package static let all: [FunctionDefinition] =
    StringFunctions.all + StringSearchFunctions.all + StringEncodingFunctions.all
    + CollectionFunctions.all + SetFunctions.all + LogicFunctions.all + ConversionFunctions.all
    + NumberConversionFunctions.all + BinaryFunctions.all + DataURIFunctions.all
    + MathFunctions.all + ClockFunctions.all + TimeArithmeticFunctions.all
    + TimeFormatFunctions.all + TimeZoneFunctions.all + WorkflowFunctions.all
    + ContentFunctions.all + URIFunctions.all + ObjectFunctions.all + XMLFunctions.all

  /// The names as the documentation spells them.
  package static let names: [String] = all.map(\.name)

  /// The function with this name, ignoring case.
  package static func function(named name: String) -> FunctionDefinition? {
    byName[name.lowercased()]
  }

  private static let byName: [String: FunctionDefinition] = {
    var table: [String: FunctionDefinition] = [:]
    for function in all { table[function.name.lowercased()] = function }
    table["triggers"] = table["trigger"]
    return table
  }()
}
