import Definitions
import Diagnostics
import Expressions
import OrderedJSON
import Runtime

/// Connections for tests: their secrets are not needed, so none is asked for.
///
/// A value that refers to an app setting which the test does not set gets one that its connector
/// accepts and that means nothing anywhere.
enum StandInConnections {
  static func declarations(
    _ declared: [ConnectionDeclaration],
    settings: [String: String],
    connector: (String) -> Connector?
  ) -> [ConnectionDeclaration] {
    declared.map { declaration in
      var declaration = declaration
      let connector = connector(declaration.connector)
      for member in declaration.parameters.members
      where !isKnown(member.value, settings) {
        declaration.parameters[member.key] = .string(
          value(member.key, of: declaration, connector)
        )
      }
      let set = connector?.parameterSet(declaration.parameterSet)
      for parameter in set?.parameters ?? [] where parameter.isRequired && parameter.oauth == nil {
        guard declaration.parameters.value(ignoringCaseOf: parameter.key) == nil else { continue }
        let value = parameter.defaultValue ?? value(parameter.key, of: declaration, connector)
        declaration.parameters[parameter.key] = .string(value)
      }
      return declaration
    }
  }

  private static func isKnown(_ written: JSON, _ settings: [String: String]) -> Bool {
    let scope = SettingScope { settings[$0] }
    guard let value = try? Template(compiling: written).evaluate(in: scope) else { return false }
    return !value.isNull && value != ""
  }

  private static func value(
    _ key: String,
    of declaration: ConnectionDeclaration,
    _ connector: Connector?
  ) -> String {
    let host = "\(hostName(declaration.name)).example.com"
    if signings(of: connector).contains(where: {
      $0.scheme == .azureCommunicationHMAC && $0.connectionString.lowercased() == key.lowercased()
    }) {
      return "endpoint=https://\(host)/;accesskey=c3RhbmQtaW4="
    }
    let set = connector?.parameterSet(declaration.parameterSet)
    if set?.endpoint?.lowercased() == key.lowercased() { return "https://\(host)" }
    guard let parameter = set?.parameter(key) else { return "stand-in" }
    if let allowed = parameter.allowedValues.first { return allowed.value }
    switch parameter.kind {
    case .integer: return "1"
    case .boolean: return "true"
    case .string, .secureString, .oauth, .gateway: return "stand-in"
    }
  }

  private static func signings(of connector: Connector?) -> [RequestSigning] {
    guard let runtime = connector?.runtime else { return [] }
    return [runtime.signing].compactMap { $0 } + runtime.signers.values
  }

  private static func hostName(_ name: String) -> String {
    let letters = name.lowercased().map { $0.isASCII && ($0.isLetter || $0.isNumber) ? $0 : "-" }
    let text = String(letters).trimmingPrefix { $0 == "-" }
    return text.isEmpty ? "service" : String(text)
  }
}
