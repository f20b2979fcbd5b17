import Connectors
package import Definitions
package import Diagnostics
import Expressions
import OrderedJSON
import Seams
import Synchronization
import Timekeeping

/// Finds connections by the name that a flow uses: stored ones first, then declared ones.
package final class Connections: Sendable {
  private struct Known {
    var connection: ActiveConnection
    var expires: Timestamp
  }

  private let environment: Environment
  private let declarations: [String: ConnectionDeclaration]
  private let connector: @Sendable (String) -> Connector?
  private let known = Mutex<[String: Known]>([:])
  private let gates = Mutex<[String: ConnectionGate]>([:])

  /// `connector` looks a connector up by the name of its folder.
  package init(
    environment: Environment,
    declarations: [ConnectionDeclaration],
    connector: @escaping @Sendable (String) -> Connector?
  ) {
    self.environment = environment
    self.declarations = Dictionary(
      declarations.map { ($0.name.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    self.connector = connector
  }

  /// The connection of this name, read again after a moment so that changes take effect.
  ///
  /// - Throws: K0007 when there is none, F0019 when its connector is not installed, K0002 when a
  ///   setting that it refers to is missing.
  package func connection(_ name: String) async throws(Diagnostic) -> ActiveConnection {
    let now = environment.clock.now()
    let key = name.lowercased()
    if let found = known.withLock({ $0[key] }), found.expires > now { return found.connection }
    let connection = try activate(try await declaration(name))
    known.withLock {
      $0[key] = Known(connection: connection, expires: now + Self.lifetime)
    }
    return connection
  }

  private static let lifetime = Duration.seconds(2)

  /// The gate that every call of the connection passes.
  func gate(of connection: ActiveConnection) -> ConnectionGate {
    gates.withLock { gates in
      let key = connection.name.lowercased()
      if let gate = gates[key], gate.limit == connection.limit { return gate }
      let gate = ConnectionGate(name: key, limit: connection.limit, environment: environment)
      gates[key] = gate
      return gate
    }
  }

  // MARK: Declarations

  private func declaration(_ name: String) async throws(Diagnostic) -> ConnectionDeclaration {
    if let stored = try await stored(name) { return stored }
    if let declared = declarations[name.lowercased()] { return declared }
    let names = declarations.values.map(\.name)
    throw Diagnostic(
      .unknownConnection,
      "there is no connection '\(name)'",
      hint: NearestName.suggestion(for: name, among: names).map { "did you mean '\($0)'?" }
        ?? "declare it in flows/connections.json"
    )
  }

  private func stored(_ name: String) async throws(Diagnostic) -> ConnectionDeclaration? {
    do {
      guard let stored = try await environment.store.connection(name) else { return nil }
      let bytes = try environment.vault.open(stored.sealed, for: "connection/\(stored.name)")
      let value = try JSON(parsing: bytes)
      return ConnectionDeclaration(
        name: stored.name,
        connector: stored.connector,
        parameterSet: value["parameterSet"]?.stringValue,
        parameters: value["parameters"]?.objectValue ?? JSONObject()
      )
    } catch {
      throw Diagnostic(
        .unreadableConnection,
        "the stored connection '\(name)' cannot be read",
        hint: "check WEIR_MASTER_KEY or the key file of the data folder"
      )
    }
  }

  private func activate(_ declaration: ConnectionDeclaration) throws(Diagnostic)
    -> ActiveConnection
  {
    guard let connector = connector(declaration.connector) else {
      throw Diagnostic(
        .unknownConnector,
        "the connector '\(declaration.connector)' of the connection '\(declaration.name)' "
          + "is not installed",
        hint: "copy its folder to definitions/\(declaration.connector)"
      )
    }
    var values = ConnectionValues(parameterSet: declaration.parameterSet)
    for member in declaration.parameters.members {
      values.values[member.key] = try value(member.value, of: member.key, declaration)
    }
    return ActiveConnection(
      name: declaration.name,
      connector: connector,
      values: values,
      limit: limit(declaration.limit, connector)
    )
  }

  private func limit(_ limit: ConnectionDeclaration.Limit, _ connector: Connector) -> CallLimit? {
    switch limit {
    case .off: nil
    case .calls(let limit): limit
    case .ofConnector:
      connector.runtime.throttling.map {
        CallLimit(calls: $0.calls, renewalPeriod: $0.renewalPeriod)
      }
    }
  }

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
