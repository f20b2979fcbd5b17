import Expressions
import OrderedJSON

/// Finds passwords, keys and tokens that stand in a file as plain text.
///
/// Looks at names and shapes, not at the structure of flows, so that it works on any container, and
/// before anything else is known.
struct SecretScan {
  private(set) var secrets: [ClearSecret] = []

  /// All secrets of a document, in the order of the text.
  static func secrets(of document: JSONDocument) -> [ClearSecret] {
    var scan = SecretScan()
    scan.visit(document.value, document.source, JSONPointer())
    return scan.secrets
  }

  private mutating func visit(_ value: JSON, _ source: JSONSource, _ pointer: JSONPointer) {
    switch value {
    case .string(let text): visit(text, source, pointer)
    case .array(let elements):
      for (index, element) in elements.enumerated() {
        visit(element, source.children[index], pointer.appending(index))
      }
    case .object(let object):
      for (index, member) in object.members.enumerated() {
        visit(member.value, source.children[index], pointer.appending(member.key))
      }
      visitParameter(object, source, pointer)
    default: break
    }
  }

  /// A secure parameter whose default is written out.
  private mutating func visitParameter(
    _ object: JSONObject,
    _ source: JSONSource,
    _ pointer: JSONPointer
  ) {
    guard let type = object["type"]?.stringValue?.lowercased(), type.hasPrefix("secure"),
      let index = object.position(of: "defaultValue"),
      isClear(object.members[index].value)
    else { return }
    let place = pointer.appending("defaultValue")
    add("the default of a secure parameter", source.children[index], place)
  }

  private func isClear(_ value: JSON) -> Bool {
    switch value {
    case .string(let text): Self.isClear(text)
    case .object(let object): !object.isEmpty
    default: false
    }
  }

  private mutating func visit(_ text: String, _ source: JSONSource, _ pointer: JSONPointer) {
    // Whether an expression gives the text is asked last: it is the dearer question.
    guard let what = Self.kind(of: text, pointer.tokens.suffix(2)), Self.isClear(text) else {
      return
    }
    add(what, source, pointer)
  }

  /// Whether a text is one that is sent as it is written.
  static func isClear(_ text: String) -> Bool {
    !text.isEmpty && (!text.utf8.contains(UInt8(ascii: "@")) || isConstant(text))
  }

  private static func isConstant(_ text: String) -> Bool {
    (try? Template(compiling: .string(text)))?.isConstant ?? true
  }

  private mutating func add(_ what: String, _ source: JSONSource, _ pointer: JSONPointer) {
    guard secrets.last?.pointer != pointer else { return }
    secrets.append(ClearSecret(pointer: pointer, range: source.range, what: what))
  }

  // MARK: Kinds

  private static func kind(of text: String, _ path: ArraySlice<String>) -> String? {
    let names = path.map { $0.lowercased() }
    guard let name = names.last else { return nil }
    switch names.dropLast().last {
    case "authentication":
      if ["password", "secret", "pfx"].contains(name) { return "the \(name) of an authentication" }
      if name == "value" { return "the value of an authentication" }
    case "headers":
      if secretHeaders.contains(name) { return "the header '\(path.last ?? name)'" }
    case "queries":
      if isSecret(query: name, text) { return "the query parameter '\(path.last ?? name)'" }
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

  /// Whether a text has a mark without which it is no secret wherever it stands.
  private static func hasMark(_ text: String) -> Bool {
    var dashes = 0
    for byte in text.utf8 {
      dashes = byte == UInt8(ascii: "-") ? dashes + 1 : 0
      if byte == UInt8(ascii: "=") || dashes == 5 { return true }
      if byte == UInt8(ascii: "@"), text.prefix(4).lowercased() == "http" { return true }
    }
    return false
  }

  /// What a text is wherever it stands.
  private static func kind(of text: String) -> String? {
    guard hasMark(text) else { return nil }
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
