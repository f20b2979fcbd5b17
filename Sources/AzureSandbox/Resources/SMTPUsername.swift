/// A name under which an application sends mail by SMTP.
struct SMTPUsername: Codable, Sendable {
  let username: String
  let application: String
  let tenant: String
}
