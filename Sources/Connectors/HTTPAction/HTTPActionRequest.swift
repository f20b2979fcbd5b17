package import Diagnostics
package import HTTPMessages
package import OrderedJSON

/// The request of an Http action.
///
/// Source: workflow language reference, section d.4 (Http).
package enum HTTPActionRequest {
  /// Builds the request from evaluated inputs.
  ///
  /// - Throws: C0012 when the method or URL is missing or unusable, C0005 for a value that cannot
  ///   be sent.
  package static func request(from inputs: JSON) throws(Diagnostic) -> HTTPRequest {
    guard let method = inputs["method"]?.stringValue, !method.isEmpty else {
      throw unusable("it has no 'method'", hint: "write \"method\": \"GET\"")
    }
    guard let uri = inputs["uri"]?.stringValue, !uri.isEmpty else {
      throw unusable("it has no 'uri'", hint: "write \"uri\": \"https://…\"")
    }
    guard uri.utf8.count <= 16_384 else {
      throw unusable("its 'uri' is longer than 16384 characters", hint: "send the data in the body")
    }
    let body = try HTTPActionBody(inputs["body"] ?? .null)
    guard
      var request = HTTPRequest(
        method: method.uppercased(),
        url: try url(uri, inputs["queries"]),
        body: body.bytes
      )
    else {
      throw unusable(
        "its 'uri' is no http or https URL",
        hint: "write an absolute URL and encode its parts with encodeUriComponent()"
      )
    }
    try addHeaders(inputs, to: &request)
    if request.headers["Content-Type"] == nil, let type = body.contentType {
      request.headers["Content-Type"] = type
    }
    try HTTPActionAuthentication.add(inputs["authentication"], to: &request)
    return request
  }

  private static func url(_ uri: String, _ queries: JSON?) throws(Diagnostic) -> String {
    let members = queries?.objectValue?.members ?? []
    guard !members.isEmpty else { return uri }
    let added = members.map {
      QueryItem(name: $0.key, value: ParameterText.text($0.value)).encoded
    }
    return uri + (uri.contains("?") ? "&" : "?") + added.joined(separator: "&")
  }

  private static func addHeaders(_ inputs: JSON, to request: inout HTTPRequest)
    throws(Diagnostic)
  {
    for member in inputs["headers"]?.objectValue?.members ?? [] {
      let value = MediaType.trimmed(ParameterText.text(member.value))
      guard FieldText.isName(member.key), FieldText.isValue(value) else {
        throw unusable(
          "its header '\(member.key)' cannot be sent",
          hint: "a header name is a word, and its value is one line"
        )
      }
      if isDropped(member.key) { continue }
      request.headers[member.key] = value
    }
    if let cookie = inputs["cookie"]?.stringValue, FieldText.isValue(cookie) {
      request.headers["Cookie"] = cookie
    }
  }

  /// Headers that the product drops without a word.
  ///
  /// Source: workflow language reference, section d.4.
  static func isDropped(_ name: String) -> Bool {
    let lowered = name.lowercased()
    if lowered.hasPrefix("content-") {
      return !["content-disposition", "content-encoding", "content-type"].contains(lowered)
    }
    return lowered.hasPrefix("accept-") || dropped.contains(lowered)
  }

  private static let dropped: Set<String> = [
    "allow", "cookie", "expires", "host", "last-modified", "origin", "set-cookie",
    "transfer-encoding",
  ]

  static func unusable(_ why: String, hint: String) -> Diagnostic {
    Diagnostic(.unusableHTTPAction, "the Http action cannot be sent: \(why)", hint: hint)
  }
}
