import Expressions
import OrderedJSON

/// Finds passwords, keys and tokens that stand in a file as plain text.
///
/// Looks at names and shapes, not at the structure of flows, so that it works on any container, and
/// before anything else is known.
struct SecretScan {
  private(set) var secrets: [ClearSecret] = []
  /// Where the scan is.
  private var place = JSONPointer()

  /// All secrets of a document, in the order of the text.
  static func secrets(of document: JSONDocument) -> [ClearSecret] {
    var scan = SecretScan()
    scan.visit(document.value, document.source)
    return scan.secrets
  }

  private mutating func visit(_ value: JSON, _ source: JSONSource) {
    switch value {
    case .string(let text): visit(text, source)
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        visit(element, source.children[index], at: String(index))
      }
    case .object(let object):
      for (index, member) in object.members.enumerated() {
        visit(member.value, source.children[index], at: member.key)
      }
      visitParameter(object, source)
    default: break
    }
  }

  private mutating func visit(_ value: JSON, _ source: JSONSource, at token: String) {
    place.tokens.append(token)
    visit(value, source)
    place.tokens.removeLast()
  }

  /// A secure parameter whose default is written out.
  private mutating func visitParameter(_ object: JSONObject, _ source: JSONSource) {
    guard let type = object["type"]?.stringValue?.lowercased(), type.hasPrefix("secure"),
      let index = object.position(of: "defaultValue"),
      isClear(object.members[index].value)
    else { return }
    let place = place.appending("defaultValue")
    add("the default of a secure parameter", source.children[index], place)
  }

  private func isClear(_ value: JSON) -> Bool {
    switch value {
    case .string(let text): isClear(text)
    case .object(let object): !object.isEmpty
    default: false
    }
  }

  private mutating func visit(_ text: String, _ source: JSONSource) {
    // What is cheap to see comes first: hardly a text looks like a secret.
    guard let what = Self.kind(of: text, place.tokens), isClear(text) else { return }
    add(what, source, place)
  }

  /// Whether a text is one that is sent as it is written.
  private func isClear(_ text: String) -> Bool {
    !text.isEmpty && (!text.utf8.contains(UInt8(ascii: "@")) || isConstant(text))
  }

  private func isConstant(_ text: String) -> Bool {
    (try? Template(compiling: .string(text)))?.isConstant ?? true
  }

  private mutating func add(_ what: String, _ source: JSONSource, _ pointer: JSONPointer) {
    guard secrets.last?.pointer != pointer else { return }
    secrets.append(ClearSecret(pointer: pointer, range: source.range, what: what))
  }

  // MARK: Kinds

  private static func kind(of text: String, _ path: [String]) -> String? {
    guard let last = path.last else { return nil }
    switch path.dropLast().last?.lowercased() {
    case "authentication":
      let name = last.lowercased()
      if ["password", "secret", "pfx"].contains(name) { return "the \(name) of an authentication" }
      if name == "value" { return "the value of an authentication" }
    case "headers":
      if secretHeaders.contains(last.lowercased()) { return "the header '\(last)'" }
    case "queries":
      if isSecret(query: last, text) { return "the query parameter '\(last)'" }
    default: break
    }
    return kind(of: text)
  }

  private static let secretHeaders: Set<String> = [
    "authorization", "proxy-authorization", "x-api-key", "api-key", "apikey", "x-functions-key",
    "ocp-apim-subscription-key", "x-auth-token", "x-access-token", "private-token",
  ]

  private static let secretQueries: Set<String> = [
    "api_key", "apikey", "api-key", "access_token", "sig", "subscription-key", "password",
  ]

  /// Whether a query parameter is one that holds a secret; 'code' and 'token' may mean other things,
  /// unless they are long.
  private static func isSecret(query name: String, _ value: some StringProtocol) -> Bool {
    let lowered = name.lowercased()
    if lowered == "code" || lowered == "token" { return value.utf8.count >= 16 }
    return secretQueries.contains(lowered)
  }

  /// Whether there is something of a key, of a private key's frame, or an address with more than a
  /// path; a look at each byte is cheaper than a search for words.
  private static func isNotable(_ text: String) -> Bool {
    var last: UInt8 = 0
    var hasMore = false
    for byte in text.utf8 {
      let isOfKey = byte == UInt8(ascii: "=") && last | 0x20 == UInt8(ascii: "y")
      let isOfFrame = byte == UInt8(ascii: "-") && last == byte
      if isOfKey || isOfFrame { return true }
      hasMore = hasMore || byte == UInt8(ascii: "?") || byte == UInt8(ascii: "@")
      last = byte
    }
    return hasMore && text.prefix(4).lowercased() == "http"
  }

  /// What a text is wherever it stands.
  private static func kind(of text: String) -> String? {
    guard isNotable(text) else { return nil }
    let lowered = text.lowercased()
    if let marker = ["accountkey=", "sharedaccesskey=", "accesskey="].first(
      where: lowered.contains
    ),
      lowered.contains(";") || lowered.hasPrefix(marker)
    {
      return "the key of a connection string"
    }
    if lowered.contains("-----begin"), lowered.contains("private key-----") {
      return "a private key"
    }
    guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else { return nil }
    let authority = lowered.split(separator: "/", omittingEmptySubsequences: true).dropFirst().first
    if let user = authority?.split(separator: "@").first, authority?.contains("@") == true,
      user.contains(":")
    {
      return "the password of an address"
    }
    let query = lowered.split(separator: "?", maxSplits: 1).dropFirst().first ?? ""
    let pairs = query.split(separator: "&").map { $0.split(separator: "=", maxSplits: 1) }
    let secret = pairs.first { pair in
      pair.count == 2 && isSecret(query: String(pair[0]), pair[1])
    }?[0]
    return secret.map { "the query parameter '\($0)' of an address" }
  }
}
