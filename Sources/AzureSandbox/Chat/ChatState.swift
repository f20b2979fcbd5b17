/// The threads of a resource.
struct ChatState: Codable, Sendable {
  var threads: [String: ChatThread] = [:]
}
