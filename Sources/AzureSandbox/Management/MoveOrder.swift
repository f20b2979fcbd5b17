internal import OrderedJSON
internal import Timekeeping

/// Which resources shall move to which group.
///
/// Source: Azure Communication fact sheet, section 7 ("Move/delete").
struct MoveOrder {
  let target: ResourcePath
  private let source: ResourcePath
  private let resources: [ResourcePath]

  /// - Throws: 400 `InvalidRequestContent`.
  init(_ call: ServiceCall) throws(Problem) {
    let body = try call.content()
    target = ResourcePath(try body.requiredText("targetResourceGroup", in: "body"))
    source = call.groupPath
    let ids = body["resources"]?.arrayValue?.compactMap(\.stringValue) ?? []
    guard !ids.isEmpty else {
      throw .invalidContent("'body.resources' must be an array of resource ids.")
    }
    resources = ids.map { ResourcePath($0) }
  }

  /// - Throws: 400, 404 or 409 when a resource cannot move.
  func check(_ content: DirectoryContent) throws(Problem) {
    guard content.groups[target] != nil else { throw .groupNotFound(target) }
    let frames = Dictionary(content.frames.map { ($0.path, $0.frame) }) { first, _ in first }
    for path in resources {
      guard let frame = frames[path], source.contains(path) else { throw .notFound(path) }
      guard path.type.split(separator: "/").count == 2 else {
        throw .invalidContent("'\(path)' moves with the resource that it belongs to.")
      }
      try frame.requireIdle(path)
      guard frames[moved(path)] == nil else {
        throw Problem(409, "ResourceMoveConflict", "'\(moved(path))' exists already.")
      }
    }
  }

  /// Moves the resources with what belongs to them; links and roles follow.
  func perform(_ content: inout DirectoryContent, at now: Timestamp) {
    for path in resources { content.move(path, to: moved(path), at: now) }
  }

  private func moved(_ path: ResourcePath) -> ResourcePath {
    ResourcePath(target.description + path.description.dropFirst(source.description.count))
  }
}
