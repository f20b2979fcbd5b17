package import Definitions
package import HTTPMessages

/// Blots the secrets of a connection out of what people may see.
package struct SecretMask: Sendable {
  /// What stands in the place of a secret.
  package static let mask = "*sanitized*"

  /// Longest first, so that a secret inside a longer one leaves nothing behind.
  private let secrets: [String]

  package init(_ values: ConnectionValues, of connector: Connector) {
    let set = connector.parameterSet(values.parameterSet)
    var found: Set<String> = []
    for (key, value) in values.values where !value.isEmpty {
      // A value that the connector does not ask for may be anything, so it is treated as a secret.
      guard set?.parameter(key)?.isSecret ?? true else { continue }
      if let parsed = try? AzureConnectionString(value) {
        found.insert(Base64.encode(parsed.accessKey))
      }
      found.formUnion([value, ComponentEncoding.encode(value), ComponentEncoding.encodeForm(value)])
    }
    if let token = values.token, !token.isEmpty { found.insert(token) }
    let user = values.value("username", in: set) ?? ""
    if let password = values.value("password", in: set), !password.isEmpty {
      found.insert(Base64.encode(Array("\(user):\(password)".utf8)))
    }
    secrets = found.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
  }

  package func text(_ text: String) -> String {
    secrets.reduce(text) { text, secret in
      text.contains(secret)
        ? text.split(separator: secret, omittingEmptySubsequences: false)
          .joined(separator: Self.mask) : text
    }
  }

  /// A copy for people: secrets masked, also those inside the URL and the body.
  package func request(_ request: HTTPRequest) -> HTTPRequest {
    var masked = request
    masked.target = text(request.target)
    masked.headers = HTTPFields(
      request.headers.fields.map { field in
        let isCredential = field.name.isSameFieldName(as: "Authorization")
        return HTTPFields.Field(
          name: field.name,
          value: isCredential ? scheme(of: field.value) : text(field.value)
        )
      }
    )
    if let body = String(validating: request.body, as: UTF8.self) {
      masked.body = Array(text(body).utf8)
    }
    return masked
  }

  /// `Bearer *sanitized*`: the scheme helps, whatever follows it is a secret.
  private func scheme(of credential: String) -> String {
    guard let space = credential.firstIndex(of: " ") else { return Self.mask }
    return credential[...space] + Self.mask
  }
}
