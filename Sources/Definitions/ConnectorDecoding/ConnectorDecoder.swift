package import Diagnostics
internal import OrderedJSON

/// Reads the files of a connector folder into a `Connector`.
///
/// Source: connector format reference, sections (a) to (g).
package enum ConnectorDecoder {
  /// Everything that the files say, and every problem found on the way.
  ///
  /// The connector is `nil` when the definition cannot be used at all: J0001 for text that is no
  /// JSON, C0001 when it is no OpenAPI 2 definition. A defect elsewhere costs only that part. Codes
  /// of warnings: J0002 for repairs, C0101 and following for advice.
  package static func decode(
    _ files: ConnectorFiles
  ) -> (connector: Connector?, diagnostics: [Diagnostic]) {
    decode(files, withAdvice: false)
  }

  /// Decodes and adds the advice of the validation rules.
  package static func validate(
    _ files: ConnectorFiles
  ) -> (connector: Connector?, diagnostics: [Diagnostic]) {
    decode(files, withAdvice: true)
  }

  private static func decode(
    _ files: ConnectorFiles,
    withAdvice: Bool
  ) -> (connector: Connector?, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    guard var definition = open(files.definition, &diagnostics),
      var connector = DefinitionDecoder.decode(&definition, name: files.name, &diagnostics)
    else { return (nil, diagnostics) }
    if var properties = files.properties.flatMap({ open($0, &diagnostics) }) {
      PropertiesDecoder.decode(&properties, hasScript: files.hasScript, into: &connector)
      if withAdvice { PropertiesAdvice.report(connector, &properties) }
      diagnostics += properties.diagnostics
    } else if files.hasScript {
      connector.script = ScriptScope(operations: [])
    }
    if let file = files.runtime {
      let found = readSettings(file, into: &connector)
      connector.runtime.defects = found.filter { $0.severity == .error }
      diagnostics += found
    }
    if withAdvice { ConnectorAdvice.report(connector, &definition) }
    return (connector, definition.diagnostics + diagnostics)
  }

  private static func readSettings(
    _ file: ConnectorFiles.File,
    into connector: inout Connector
  ) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    guard var runtime = open(file, &diagnostics) else { return diagnostics }
    RuntimeSettingsDecoder.decode(&runtime, into: &connector)
    return runtime.diagnostics
  }

  private static func open(
    _ file: ConnectorFiles.File,
    _ diagnostics: inout [Diagnostic]
  ) -> DefinitionFile? {
    do throws(Diagnostic) { return try DefinitionFile(file) } catch {
      diagnostics.append(error)
      return nil
    }
  }
}
