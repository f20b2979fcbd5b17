package import Definitions
package import Diagnostics
package import OrderedJSON

/// What the server knows of the project around an open document.
package struct LanguageProject: Sendable {
  /// The connectors of connections, by their names.
  package var connections: @Sendable () -> [String: String]
  package var connector: @Sendable (String) -> Connector?
  /// The outputs of an action in the last run of a flow, secrets masked.
  package var recorded: @Sendable (_ flow: String, _ action: String) -> JSON?
  /// What only the surroundings of a flow show to be wrong, such as timers that never fire.
  package var problems: @Sendable (Flow) -> [Diagnostic]

  package init(
    connections: @escaping @Sendable () -> [String: String] = { [:] },
    connector: @escaping @Sendable (String) -> Connector? = { _ in nil },
    recorded: @escaping @Sendable (_ flow: String, _ action: String) -> JSON? = { _, _ in nil },
    problems: @escaping @Sendable (Flow) -> [Diagnostic] = { _ in [] }
  ) {
    self.connections = connections
    self.connector = connector
    self.recorded = recorded
    self.problems = problems
  }

  /// The connector of a connection, ignoring case.
  func connector(ofConnection name: String) -> Connector? {
    let known = connections().first { $0.key.lowercased() == name.lowercased() }
    return known.flatMap { connector($0.value) }
  }
}
