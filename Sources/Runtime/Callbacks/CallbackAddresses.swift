import Connectors
package import Definitions
import Engine
import HTTPMessages
package import OrderedJSON

/// Makes and checks the signed addresses of triggers and of runs.
///
/// Source: workflow language reference, sections e.3 and (g).
package struct CallbackAddresses: CallbackAddressing {
  let keys: CallbackKeys
  let environment: Environment

  package init(environment: Environment, keys: CallbackKeys) {
    self.environment = environment
    self.keys = keys
  }

  /// The `api-version` of addresses.
  static let version = "2022-05-01"

  package func address(of trigger: FlowTrigger, flow: String, base: String)
    async throws(RuntimeFailure) -> JSON?
  {
    guard let request = RequestTrigger(trigger) else { return nil }
    let path = CallbackPath.trigger(flow: flow, name: trigger.name, rest: "")
    let key = try await keys.pair(of: flow).primary
    let queries = queries(path.signature, key)
    let basePath = base + path.text
    var value = basePath
    if !request.relativePath.isEmpty { value += "/" + request.relativePath }
    var address: JSONObject = ["value": .string(value + "?" + Self.text(queries))]
    address["method"] = .string(request.method ?? "POST")
    address["basePath"] = .string(basePath)
    if !request.relativePath.isEmpty {
      address["relativePath"] = .string(request.relativePath)
      address["relativePathParameters"] = .array(request.variables.map { .string($0) })
    }
    address["queries"] = .object(JSONObject(queries.map { ($0.name, .string($0.value)) }))
    return .object(address)
  }

  package func regenerateKey(of flow: String, isSecondary: Bool) async throws(RuntimeFailure) {
    try await keys.regenerate(flow, isSecondary: isSecondary)
  }

  /// The address at which a subscription of a trigger reports.
  func address(of trigger: String, flow: String, subscription: String, base: String)
    async throws(RuntimeFailure) -> String
  {
    let path = CallbackPath.trigger(flow: flow, name: trigger, rest: "")
    let signature = CallbackSignature(trigger: trigger, subscription: subscription)
    let key = try await keys.pair(of: flow).primary
    return base + path.text + "?" + Self.text(queries(signature, key))
  }

  /// Makes the addresses of runs without waiting for anything.
  ///
  /// - Throws: `RuntimeFailure` when their keys cannot be read or made.
  package func runs(base: String) async throws(RuntimeFailure) -> RunAddresses {
    RunAddresses(
      base: base,
      pair: try await keys.pair(of: CallbackKeys.runs),
      digests: environment.digests
    )
  }

  private func queries(_ signature: CallbackSignature, _ key: [UInt8]) -> [QueryItem] {
    [
      QueryItem(name: "api-version", value: Self.version),
      QueryItem(name: "sp", value: signature.permission),
      QueryItem(name: "sv", value: CallbackSignature.version),
      QueryItem(name: "sig", value: signature.text(key: key, environment.digests)),
    ]
  }

  static func text(_ queries: [QueryItem]) -> String {
    queries.map { "\($0.name)=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
  }
}
