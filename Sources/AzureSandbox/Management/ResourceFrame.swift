internal import OrderedJSON
internal import Timekeeping

/// What every resource has in Azure Resource Manager, beside its own properties.
struct ResourceFrame: Codable, Sendable {
  var location: String
  var tags: [String: String]
  private let created: Timestamp
  private let creator: String
  private var modified: Timestamp
  private var modifier: String
  /// `nil` once whatever was done has succeeded.
  var lifecycle: Lifecycle?

  init(
    location: String = "global",
    tags: [String: String] = [:],
    by principal: String,
    at now: Timestamp
  ) {
    self.location = location
    self.tags = tags
    (created, creator) = (now, principal)
    (modified, modifier) = (now, principal)
  }

  /// Notes who changed the resource.
  mutating func touch(_ call: ServiceCall) {
    (modified, modifier) = (call.now, call.principal)
  }

  mutating func begin(_ activity: Lifecycle.Activity, at now: Timestamp) {
    lifecycle = Lifecycle(activity: activity, since: now)
  }

  mutating func settle(at now: Timestamp, step: Duration) {
    if lifecycle?.isOver(at: now, step: step) == true { lifecycle = nil }
  }

  var isDeleting: Bool { lifecycle?.activity == .deleting }

  var provisioningState: JSON { .string(lifecycle?.activity.rawValue ?? "Succeeded") }

  /// - Throws: 409 `Conflict` while the resource is being made, moved or deleted.
  func requireIdle(_ path: ResourcePath) throws(Problem) {
    switch lifecycle?.activity {
    case .creating?, .deleting?, .moving?:
      let state = lifecycle?.activity.rawValue.lowercased() ?? ""
      throw Problem(409, "Conflict", "The resource '\(path.name)' is \(state); try again later.")
    case .updating?, .failed?, nil: return
    }
  }

  /// The envelope around a resource's own properties.
  func json(_ path: ResourcePath, type: String, properties: JSONObject) -> JSONObject {
    var object: JSONObject = [
      "id": .string(path.description), "name": .string(path.name), "type": .string(type),
      "location": .string(location), "tags": tagsJSON,
    ]
    object["properties"] = .object(properties)
    object["systemData"] = systemData
    return object
  }

  private var tagsJSON: JSON {
    .object(JSONObject(tags.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) }))
  }

  var systemData: JSON {
    [
      "createdBy": .string(creator), "createdByType": "Application",
      "createdAt": .string(created.description), "lastModifiedBy": .string(modifier),
      "lastModifiedByType": "Application", "lastModifiedAt": .string(modified.description),
    ]
  }
}
