import Connectors
import Definitions
import Diagnostics
import Expressions
import OrderedJSON
import Seams
import Timekeeping

/// Makes connections usable: finds their connectors, evaluates references, checks who may use them.
struct ConnectionActivation: Sendable {
  let environment: Environment
  let connector: @Sendable (String) -> Connector?

  /// What connections get whose connector states no limit.
  ///
  /// Source: connector format reference, section (h).
  static let usualLimit = CallLimit(calls: 500, renewalPeriod: .seconds(60))

  /// - Throws: F0019, K0002, K0007, or what an expression is guilty of.
  func activate(_ declaration: ConnectionDeclaration) throws(Diagnostic) -> ActiveConnection {
    let connector = try connector(declaration.connector, of: declaration.name)
    var values = ConnectionValues(parameterSet: declaration.parameterSet)
    for member in declaration.parameters.members {
      values.values[member.key] = try value(member.value, of: member.key, declaration)
    }
    let key = declaration.name.lowercased()
    return ActiveConnection(
      name: declaration.name,
      key: key,
      connector: connector,
      values: values,
      limit: limit(declaration.limit, connector),
      order: try order(values, connector, key, signedIn: nil)
    )
  }

  /// - Throws: F0019, K0002, K0007, or K0012 for somebody else's connection.
  func activate(
    _ record: ConnectionRecord,
    under key: String,
    for user: String,
    isTrial: Bool = false
  ) throws(Diagnostic) -> ActiveConnection {
    let connector = try connector(record.connector, of: record.name)
    if record.owner != user, !(record.isShared && connector.runtime.isShareable) {
      throw Self.foreign(record, connector)
    }
    let order = try order(record.values, connector, key, signedIn: record.signedIn)
    return ActiveConnection(
      name: record.name,
      key: key,
      connector: connector,
      values: record.values,
      limit: limit(record.limit, connector),
      status: isTrial ? nil : record.status,
      order: isTrial ? order?.onTrial : order
    )
  }

  private func connector(_ name: String, of connection: String) throws(Diagnostic) -> Connector {
    if let connector = connector(name) { return connector }
    throw Diagnostic(
      .unknownConnector,
      "the connector '\(name)' of the connection '\(connection)' is not installed",
      hint: "copy its folder to definitions/\(name)"
    )
  }

  private static func foreign(_ record: ConnectionRecord, _ connector: Connector) -> Diagnostic {
    let own =
      "make your own: weir connection create \(record.name) --connector \(record.connector)"
    return Diagnostic(
      .foreignConnection,
      connector.runtime.isShareable
        ? "the connection '\(record.name)' belongs to '\(record.owner)', who does not share it"
        : "the connection '\(record.name)' belongs to '\(record.owner)', and connections of "
          + "'\(record.connector)' cannot be shared",
      hint: own
    )
  }

  func limit(_ limit: ConnectionDeclaration.Limit, _ connector: Connector) -> CallLimit? {
    switch limit {
    case .off: nil
    case .calls(let limit): limit
    case .ofConnector: Self.limit(of: connector)
    }
  }

  static func limit(of connector: Connector) -> CallLimit {
    connector.runtime.throttling.map {
      CallLimit(calls: $0.calls, renewalPeriod: $0.renewalPeriod)
    } ?? usualLimit
  }

  // MARK: Tokens

  private func order(
    _ values: ConnectionValues,
    _ connector: Connector,
    _ key: String,
    signedIn: Timestamp?
  ) throws(Diagnostic) -> TokenOrder? {
    let credential = try TokenCredential.of(values, connector, setting: environment.setting)
    guard let credential else { return nil }
    return TokenOrder(
      key: "connection/\(key)",
      fingerprint: fingerprint(credential, values, signedIn),
      isStored: true,
      credential: credential
    )
  }

  /// A sign-in lives on when the application's secret changes; other tokens go with their values.
  private func fingerprint(
    _ credential: TokenCredential,
    _ values: ConnectionValues,
    _ signedIn: Timestamp?
  ) -> String {
    if case .signIn = credential { return "sign-in \(signedIn?.ticks ?? 0)" }
    let settings = ["AZURE_AUTHORITY_HOST", "AZURE_TENANT_ID", "AZURE_CLIENT_ID"]
      .map { environment.setting($0) ?? "" }
    let pairs = values.values.sorted { $0.key < $1.key }.flatMap { [$0.key, $0.value] }
    let text = ([values.parameterSet ?? ""] + settings + pairs).joined(separator: "\u{0}")
    return Fingerprint.text(text, environment.digests)
  }

  // MARK: References

  private func value(
    _ written: JSON,
    of key: String,
    _ declaration: ConnectionDeclaration
  ) throws(Diagnostic) -> String {
    let scope = SettingScope(setting: environment.setting)
    let evaluated: JSON?
    do throws(ExpressionError) {
      evaluated = try Template(compiling: written).evaluate(in: scope)
    } catch {
      throw Diagnostic(
        error.diagnosticCode,
        "the parameter '\(key)' of the connection '\(declaration.name)' cannot be evaluated: "
          + error.message,
        hint: error.hint
      )
    }
    if let evaluated, !evaluated.isNull, let text = try? StringConversion.text(of: evaluated),
      !text.isEmpty
    {
      return text
    }
    throw Diagnostic(
      .missingConnectionValue,
      "the parameter '\(key)' of the connection '\(declaration.name)' has no value: "
        + "\(written.text) is not set",
      hint: "set it in the environment or in .env; the samples run without it under --sandbox"
    )
  }
}
