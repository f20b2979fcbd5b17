package import Diagnostics
package import OrderedJSON

/// What `runtime.json` says: everything that running a connector needs and the published files lack.
///
/// Source: definitions/README.md.
package struct RuntimeSettings: Sendable {
  /// A limit on the calls of one connection.
  package struct Throttling: Hashable, Sendable {
    package var calls: Int
    package var renewalPeriod: Duration

    package init(calls: Int, renewalPeriod: Duration) {
      self.calls = calls
      self.renewalPeriod = renewalPeriod
    }
  }

  /// One row of the availability table.
  package struct Availability: Hashable, Sendable {
    package var service: String
    package var level: String
    package var regions: String
    /// Regions that `regions` excludes, one line each.
    package var exceptions: [String]

    package init(service: String, level: String, regions: String, exceptions: [String] = []) {
      self.service = service
      self.level = level
      self.regions = regions
      self.exceptions = exceptions
    }
  }

  package var throttling: Throttling?
  /// Whether a connection may be used by others than its maker.
  package var isShareable: Bool
  package var signing: RequestSigning?
  /// Further signers by name, for single operations.
  package var signers: [String: RequestSigning]
  /// Requests for tokens by name, for the replacements of scripts.
  package var tokens: [String: TokenRequest]
  /// The header that carries the idempotency key of a step, for services that honour one.
  package var idempotencyHeader: String?
  /// Keys for the items of a body, by operationId.
  package var idempotencyItems: [String: IdempotentItems]
  /// What makes an answer with a status of success a failure, by operationId.
  package var failures: [String: ItemFailureRule]
  /// Secret parts of outputs and inputs by operationId; `*` means every operation.
  package var secrets: [String: [JSONPointer]]
  package var availability: [Availability]
  /// Hosts that parameters of a caller may name, such as `*.example.com`.
  package var allowedHosts: [String]
  /// What stands in for the vendor's scripts, by operationId in lower case; `*` means every one.
  package var scripts: [String: ScriptReplacement]
  /// Markdown for the reference page, between the metadata and the limits.
  package var documentation: String?
  /// Errors in the file; with any of them nothing is sent, since half of the settings is unsafe.
  package var defects: [Diagnostic]

  package init() {
    isShareable = true
    idempotencyItems = [:]
    failures = [:]
    secrets = [:]
    availability = []
    allowedHosts = []
    scripts = [:]
    signers = [:]
    tokens = [:]
    defects = []
  }
}
