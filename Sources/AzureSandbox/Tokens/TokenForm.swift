internal import HTTPMessages

/// The members of a form in a request's body.
struct TokenForm {
  private let members: [String: String]

  init(_ request: HTTPRequest) {
    let text = String(decoding: request.body, as: UTF8.self)
    let pairs = text.split(separator: "&").map { pair -> (String, String) in
      let equals = pair.firstIndex(of: "=") ?? pair.endIndex
      return (
        PercentEncoding.decode(pair[..<equals], plusIsSpace: true),
        PercentEncoding.decode(pair[equals...].dropFirst(), plusIsSpace: true)
      )
    }
    members = Dictionary(pairs) { first, _ in first }
  }

  /// `nil` for an empty value too.
  subscript(name: String) -> String? { members[name].flatMap { $0.isEmpty ? nil : $0 } }
}
