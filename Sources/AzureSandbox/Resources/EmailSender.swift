/// A name that mail may come from: what stands before the `@`.
struct EmailSender: Codable, Sendable {
  let username: String
  let displayName: String
}
