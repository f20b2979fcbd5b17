package import Engine
package import HTTPMessages
package import Seams

/// Every seam that the runtime touches the world through.
package struct Environment: Sendable {
  package var store: any Store
  package var transport: any HTTPTransport
  package var clock: any Clock
  package var entropy: any Entropy
  package var vault: any Vault
  package var log: Log
  package var digests: Digests
  /// What proving an identity to token endpoints needs.
  package var identity: IdentitySources
  /// Where the tasks of runs are executed; `nil` means the shared pool.
  package var executor: (any TaskExecutor)?
  /// App settings by name; `nil` when there is no such setting.
  package var setting: @Sendable (String) -> String?
  /// Where the other side of a run's webhook action reports back; `nil` without a server.
  package var callbackURL: @Sendable (_ run: String, ActionAddress) -> String? = { _, _ in nil }
  /// The `traceparent` field of requests that an action of a run sends; `nil` without tracing.
  package var traceparent: (@Sendable (RunState, ActionAddress) -> String?)?

  package init(
    store: any Store,
    transport: any HTTPTransport,
    clock: any Clock,
    entropy: any Entropy,
    vault: any Vault,
    log: Log,
    digests: Digests,
    identity: IdentitySources = .none,
    executor: (any TaskExecutor)? = nil,
    setting: @escaping @Sendable (String) -> String?
  ) {
    self.store = store
    self.transport = transport
    self.clock = clock
    self.entropy = entropy
    self.vault = vault
    self.log = log
    self.digests = digests
    self.identity = identity
    self.executor = executor
    self.setting = setting
  }

  /// Begins something that nobody waits for, where the runs are executed.
  func spawn(_ body: sending @escaping @Sendable () async -> Void) -> Task<Void, Never> {
    // A preference costs at every switch of the task, even when it is for the shared pool.
    guard let executor else { return Task(operation: body) }
    return Task(executorPreference: executor, operation: body)
  }
}
