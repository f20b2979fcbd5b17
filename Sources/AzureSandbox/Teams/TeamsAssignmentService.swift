internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// Says who of Teams may act for a resource.
///
/// Source: Azure Communication fact sheet, section 2 ("Teams extension").
struct TeamsAssignmentService: SandboxService {
  /// Those of the Identity service that know the extension.
  static let versions = ["2025-06-30", "2026-07-22"]

  private let teams: TeamsExtension

  init(_ teams: TeamsExtension) { self.teams = teams }

  var versions: [String] { Self.versions }

  var operations: [SandboxOperation] {
    let path = "/access/teamsExtension/tenants/{tenant}/assignments/{object}"
    return [
      SandboxOperation("GET", path, show),
      SandboxOperation("PUT", path, put),
      SandboxOperation("DELETE", path, delete),
    ]
  }

  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    guard let assignment = teams.assignments[call.resource].read({ $0[key(call)] }) else {
      throw .notFound("There is no assignment of '\(call.parameters["object"] ?? "")'.")
    }
    return .json(200, assignment.json)
  }

  private func put(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let assignment = try TeamsAssignment(
      tenant: call.parameters["tenant"] ?? "",
      object: call.parameters["object"] ?? "",
      try call.body()
    )
    let earlier = teams.assignments[call.resource].change {
      $0.updateValue(assignment, forKey: key(call))
    }
    return .json(earlier == nil ? 201 : 200, assignment.json)
  }

  private func delete(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    _ = teams.assignments[call.resource].change { $0.removeValue(forKey: key(call)) }
    return HTTPResponse(status: 204)
  }

  private func key(_ call: ServiceCall) -> String {
    TeamsAssignment.key(
      tenant: call.parameters["tenant"] ?? "",
      object: call.parameters["object"] ?? ""
    )
  }

  func inventory(of resource: SandboxResource, at now: Timestamp) -> [InventoryNode] {
    teams.assignments[resource].read { $0.sorted { $0.key < $1.key } }.map { entry in
      InventoryNode(
        kind: entry.value.principal == .user ? "Teams user" : "Teams resource account",
        name: entry.value.object
      )
    }
  }
}
