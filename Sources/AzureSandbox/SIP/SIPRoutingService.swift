internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// Says by which of a company's own telephone lines calls leave: trunks, and routes to them.
///
/// Source: the published description of version 2023-03-01, and recordings of its refusals.
final class SIPRoutingService: SandboxService {
  let versions = ["2021-05-01-preview", "2022-09-01-preview", "2023-03-01"]

  private let states: ResourceStates<SIPConfiguration>

  init(_ parts: SandboxParts) {
    states = ResourceStates("sip", on: parts.shelf, SIPConfiguration())
  }

  var operations: [SandboxOperation] {
    [SandboxOperation("GET", "/sip", show), SandboxOperation("PATCH", "/sip", update)]
  }

  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    .json(200, states[call.resource].current.json)
  }

  private func update(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let patch = try SIPPatch(try call.mergePatch())
    return try states[call.resource].change { configuration throws(Problem) in
      let changed = patch.applied(to: configuration)
      try changed.check()
      configuration = changed
      return .json(200, changed.json)
    }
  }

  func inventory(of resource: SandboxResource, at now: Timestamp) -> [InventoryNode] {
    states[resource].current.trunks.map { trunk in
      InventoryNode(kind: "SIP trunk", name: "\(trunk.name):\(trunk.port)")
    }
  }
}
