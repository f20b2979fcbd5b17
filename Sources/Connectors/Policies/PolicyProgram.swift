internal import Definitions

/// The policies that concern one operation, in the order of the file.
struct PolicyProgram: Sendable {
  let requests: [CompiledPolicy]
  /// Those for every response, and those for failures only.
  let responses: [CompiledPolicy]

  init(operation: ConnectorOperation, of connector: Connector) {
    let policies = connector.policies.filter { $0.applies(to: operation.id) }
    requests = policies.filter { $0.section == .request }.map(CompiledPolicy.init)
    responses = policies.filter { $0.section != .request }.map(CompiledPolicy.init)
  }
}
