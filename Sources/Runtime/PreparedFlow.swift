package import Definitions
import Diagnostics
package import Engine
package import HTTPMessages
package import OrderedJSON
package import Seams

/// A flow that can be started: compiled, stored under its hash, with the values of its parameters.
package struct PreparedFlow: Sendable {
  package var plan: Plan
  package var stored: StoredPlan
  package var parameters: JSONObject
  package var hasSecretParameters: Bool

  /// Compiles a flow; in one that `isMocked`, actions that cannot run here are handed to the performer
  /// like requests.
  ///
  /// - Throws: `RuntimeFailure.invalid` with every expression that cannot be compiled.
  package init(_ flow: Flow, parameters: JSONObject, digests: Digests, isMocked: Bool = false)
    throws(RuntimeFailure)
  {
    let (plan, diagnostics) = Planner.plan(flow, isMocked: isMocked)
    guard let plan else { throw .invalid(diagnostics) }
    self.plan = plan
    self.parameters = parameters
    hasSecretParameters = flow.parameters.contains(where: \.isSecure)
    stored = Self.stored(flow, digests)
  }

  /// A flow as some run started with it.
  init(plan: Plan, stored: StoredPlan, parameters: JSONObject) {
    self.plan = plan
    self.stored = stored
    self.parameters = parameters
    hasSecretParameters = plan.parameters.contains(where: \.isSecure)
  }

  private static func stored(_ flow: Flow, _ digests: Digests) -> StoredPlan {
    let document: JSON = [
      "kind": .string(flow.kind.rawValue), "definition": flow.definition,
    ]
    return stored(document, flow: flow.name, digests)
  }

  /// A plan's document under its hash.
  static func stored(_ document: JSON, flow: String, _ digests: Digests) -> StoredPlan {
    let bytes = document.bytes
    let hash = digests.sha256(Array(flow.utf8) + [0] + bytes)
    let digits = Array("0123456789abcdef".utf8)
    let text = hash.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return StoredPlan(
      hash: String(decoding: text, as: UTF8.self),
      flow: flow,
      document: bytes
    )
  }

  /// The plan of a stored document; problems that the flow had when it was stored do not matter.
  static func plan(from stored: StoredPlan) -> Plan? {
    let read = FlowReader.read(name: stored.flow, file: stored.flow, bytes: stored.document)
    return read.flow.flatMap { Planner.plan($0).plan }
  }
}
