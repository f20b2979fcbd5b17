import Connectors
package import Definitions
package import Diagnostics
import OrderedJSON
package import Seams
import Synchronization
import Timekeeping

/// Finds connections by the name that a flow uses: stored ones first, then declared ones.
package final class Connections: Sendable {
  private struct Known {
    var connection: ActiveConnection
    var expires: Timestamp
  }

  package let tokens: TokenSource
  package let book: ConnectionBook
  /// On whose behalf connections are used unless somebody else is named.
  package let user: String
  package let environment: Environment
  /// The calls that wait at a gate.
  package let held = HeldCalls()
  private let activation: ConnectionActivation
  private let declarations: Mutex<[String: ConnectionDeclaration]>
  private let known = Mutex<[String: Known]>([:])
  let uses = Mutex<[String: Timestamp]>([:])
  private let gates = Mutex<[String: ConnectionGate]>([:])

  /// `connector` looks a connector up by the name of its folder; a `standInToken` is the token of
  /// every connection that needs one.
  package init(
    environment: Environment,
    declarations: [ConnectionDeclaration],
    user: String = "system",
    standInToken: String? = nil,
    connector: @escaping @Sendable (String) -> Connector?
  ) {
    self.environment = environment
    self.declarations = Mutex(Self.byName(declarations))
    self.user = user
    activation = ConnectionActivation(environment: environment, connector: connector)
    tokens = TokenSource(environment: environment, standIn: standInToken)
    book = ConnectionBook(environment: environment)
  }

  private static func byName(_ declarations: [ConnectionDeclaration])
    -> [String: ConnectionDeclaration]
  {
    Dictionary(
      declarations.map { ($0.name.lowercased(), $0) },
      uniquingKeysWith: { first, _ in first }
    )
  }

  /// Declares other connections in the place of those there were; connectors are looked up anew.
  package func declare(_ declarations: [ConnectionDeclaration]) {
    self.declarations.withLock { $0 = Self.byName(declarations) }
    readAgain()
  }

  /// Reads every connection again when it is used next, because one was changed.
  package func readAgain() { known.withLock { $0.removeAll() } }

  /// The connection of this name with a token that serves, when it uses one.
  ///
  /// It is read again after a moment, so that changes take effect.
  ///
  /// - Throws: K0101 when there is none, K0012 when it belongs to somebody else, F0019 when its
  ///   connector is not installed, K0002 when a setting that it refers to is missing, and what
  ///   `TokenSource` throws.
  package func connection(_ name: String, for other: String? = nil)
    async throws(Diagnostic) -> ActiveConnection
  {
    let connection = try await unsigned(name, for: other)
    if let order = connection.order {
      connection.take(try await token(order, connection, rejected: nil))
    }
    return connection
  }

  /// The connection of this name, without asking for a token.
  ///
  /// - Throws: As `connection`, but for tokens.
  package func unsigned(_ name: String, for other: String? = nil)
    async throws(Diagnostic) -> ActiveConnection
  {
    let user = other ?? user
    let now = environment.clock.now()
    let key = "\(name.lowercased())\n\(user)"
    if let found = known.withLock({ $0[key] }), found.expires > now { return found.connection }
    let connection = try await activated(name, user)
    known.withLock {
      $0[key] = Known(connection: connection, expires: now + Self.lifetime)
    }
    return connection
  }

  private static let lifetime = Duration.seconds(2)

  /// The gate that every call of the connection passes.
  func gate(of connection: ActiveConnection) -> ConnectionGate {
    gates.withLock { gates in
      let key = connection.key
      if let gate = gates[key], gate.limit == connection.limit { return gate }
      let gate = ConnectionGate(name: key, limit: connection.limit, environment: environment)
      gates[key] = gate
      return gate
    }
  }

  /// How the gate of a connection stands.
  ///
  /// - Throws: `StoreFailure` when the window cannot be read.
  package func gateStatus(_ key: String, limit: ConnectionDeclaration.Limit, connector: String)
    async throws(StoreFailure) -> GateStatus
  {
    let now = environment.clock.now()
    let limit = self.connector(connector).map { activation.limit(limit, $0) } ?? nil
    let queue = await gates.withLock({ $0[key] })?.queue
    var used: Int?
    if let limit {
      let departure = now - limit.renewalPeriod
      used = try await environment.store.callCount(through: key, after: departure)
    }
    return GateStatus(
      limit: limit,
      used: used,
      waiting: queue?.waiting ?? 0,
      closedUntil: queue?.closedUntil
    )
  }

  /// The limit of a connector's connections that have none of their own.
  package static func limit(of connector: Connector) -> CallLimit {
    ConnectionActivation.limit(of: connector)
  }

  /// The declared connection of this name.
  package func declaration(_ name: String) -> ConnectionDeclaration? {
    declarations.withLock { $0[name.lowercased()] }
  }

  /// All declared connections, by name.
  package var declared: [ConnectionDeclaration] {
    declarations.withLock { Array($0.values) }.sorted { $0.name < $1.name }
  }

  /// The connector of this name; `nil` when it is not installed.
  package func connector(_ name: String) -> Connector? { activation.connector(name) }

  /// A connection that is not in use yet, such as one that is being made.
  ///
  /// On trial, what comes of its use is not noted, and its token is not stored: whatever is in use
  /// under the same key stays as it is.
  ///
  /// - Throws: As `connection`, but for tokens.
  package func activate(
    _ record: ConnectionRecord,
    under key: String,
    for other: String? = nil,
    isTrial: Bool = false
  ) throws(Diagnostic) -> ActiveConnection {
    try activation.activate(record, under: key, for: other ?? user, isTrial: isTrial)
  }

  // MARK: Finding

  private func activated(_ name: String, _ user: String) async throws(Diagnostic)
    -> ActiveConnection
  {
    if let entry = try await book.find(name, for: user) {
      guard let record = entry.record else { throw ConnectionBook.unreadable(name) }
      return try activation.activate(record, under: entry.key, for: user)
    }
    if let declaration = declaration(name) { return try activation.activate(declaration) }
    let stored = try await book.entries().compactMap { $0.record?.name }
    let names = declared.map(\.name) + stored
    throw Diagnostic(
      .unknownConnection,
      "there is no connection '\(name)'",
      hint: NearestName.suggestion(for: name, among: names).map { "did you mean '\($0)'?" }
        ?? "declare it in flows/connections.json, or make it with 'weir connection create'"
    )
  }
}
