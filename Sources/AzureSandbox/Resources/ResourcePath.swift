/// The id of a resource in Azure Resource Manager, a path; letter case does not tell ids apart.
///
/// Source: Azure Communication fact sheet, section 7.
struct ResourcePath: Codable, Hashable, Sendable, CustomStringConvertible {
  /// With a slash in front and none behind.
  let description: String
  private let folded: String

  init(_ text: String) {
    var text = text[...]
    while text.hasSuffix("/") { text = text.dropLast() }
    description = String(text)
    folded = description.lowercased()
  }

  /// A resource of a provider in a resource group.
  init(subscription: String, group: String, provider: String, _ types: (String, String)...) {
    let tail = types.map { "/\($0.0)/\($0.1)" }.joined()
    self.init(
      "/subscriptions/\(subscription)/resourceGroups/\(group)/providers/\(provider)\(tail)"
    )
  }

  /// A resource below this one.
  func child(_ type: String, _ name: String) -> ResourcePath {
    ResourcePath("\(description)/\(type)/\(name)")
  }

  /// The resource that this one belongs to: the path without its last type and name.
  var parent: ResourcePath {
    ResourcePath(description.split(separator: "/").dropLast(2).map { "/" + $0 }.joined())
  }

  /// The last segment.
  var name: String { description.split(separator: "/").last.map(String.init) ?? "" }

  var subscription: String { segment(after: "subscriptions") }
  var groupPath: ResourcePath {
    ResourcePath("/subscriptions/\(subscription)/resourceGroups/\(group)")
  }
  var group: String { segment(after: "resourcegroups") }

  /// The provider and the kinds: `Microsoft.Communication/emailServices/domains`.
  var type: String {
    let segments = ownSegments
    let kinds = stride(from: 1, to: segments.count, by: 2).map { segments[$0] }
    return ([segments.first ?? ""] + kinds).joined(separator: "/")
  }

  /// The names without the kinds: `contoso-mail/AzureManagedDomain`.
  var names: String {
    let segments = ownSegments
    return stride(from: 2, to: segments.count, by: 2).map { segments[$0] }.joined(separator: "/")
  }

  /// What follows the last `providers`.
  private var ownSegments: [Substring] {
    let segments = description.split(separator: "/")
    let index = segments.lastIndex { $0.lowercased() == "providers" }
    return index.map { Array(segments[($0 + 1)...]) } ?? []
  }

  private func segment(after label: String) -> String {
    let segments = description.split(separator: "/")
    let index = segments.firstIndex { $0.lowercased() == label }
    return index.flatMap { segments.dropFirst($0 + 1).first }.map(String.init) ?? ""
  }

  /// Whether this is the other path, or above it.
  func contains(_ other: ResourcePath) -> Bool {
    folded.isEmpty || other.folded == folded || other.folded.hasPrefix(folded + "/")
  }

  static func == (left: ResourcePath, right: ResourcePath) -> Bool { left.folded == right.folded }

  func hash(into hasher: inout Hasher) { hasher.combine(folded) }

  init(from decoder: any Decoder) throws {
    self.init(try decoder.singleValueContainer().decode(String.self))
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(description)
  }
}
