package import HTTPMessages

/// Resolves what a `Location` header or a next link says against the request that it answers.
///
/// Source: RFC 3986 section 5.2.
package enum URLReference {
  /// A GET of the address; `nil` when it is no http or https address.
  package static func resolve(_ reference: String, against request: HTTPRequest) -> HTTPRequest? {
    let text = MediaType.trimmed(reference.prefix { $0 != "#" })
    guard !text.isEmpty else { return nil }
    if hasScheme(text) { return HTTPRequest(method: "GET", url: text) }
    let base = "\(request.scheme)://\(request.authority)"
    if text.hasPrefix("//") { return HTTPRequest(method: "GET", url: "\(request.scheme):\(text)") }
    if text.hasPrefix("?") { return HTTPRequest(method: "GET", url: base + request.path + text) }
    let path = text.prefix { $0 != "?" }
    let query = text[path.endIndex...]
    let merged = path.hasPrefix("/") ? String(path) : String(folder(of: request.path) + path)
    return HTTPRequest(method: "GET", url: base + withoutDots(merged) + query)
  }

  /// The path up to its last slash.
  private static func folder(of path: String) -> Substring {
    guard let slash = path.lastIndex(of: "/") else { return "/" }
    return path[...slash]
  }

  private static func hasScheme(_ text: String) -> Bool {
    guard let colon = text.firstIndex(of: ":") else { return false }
    return text[..<colon].allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "+-.".contains($0))
    }
  }

  private static func withoutDots(_ path: String) -> String {
    var kept: [Substring] = []
    let segments = path.split(separator: "/", omittingEmptySubsequences: false).dropFirst()
    for segment in segments {
      if segment == ".." {
        _ = kept.popLast()
      } else if segment != "." {
        kept.append(segment)
      }
    }
    if let last = segments.last, last == "." || last == ".." { kept.append("") }
    return "/" + kept.joined(separator: "/")
  }
}
