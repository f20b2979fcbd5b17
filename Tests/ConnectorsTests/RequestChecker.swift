import Foundation
import HTTPMessages
import OrderedJSON

/// Checks a request by another route: it reads the request back and compares it with the inputs and
/// with the text of the definition.
struct RequestChecker {
  let root: JSON
  let method: String
  let template: String
  let inputs: JSONObject
  let parameters: [JSON]

  /// What is wrong with the request; empty when nothing is.
  func defects(of request: HTTPRequest) -> [String] {
    guard let components = URLComponents(string: request.url) else { return ["unreadable URL"] }
    var defects: [String] = []
    if request.method != method.uppercased() { defects.append("method \(request.method)") }
    if components.host?.lowercased() != expectedHost { defects.append("host \(request.authority)") }
    defects += pathDefects(components.percentEncodedPath)
    defects += queryDefects(components.percentEncodedQuery ?? "")
    return defects + headerDefects(request) + bodyDefects(request)
  }

  private var expectedHost: String {
    (root["host"]?.stringValue ?? "").prefix { $0 != ":" }.lowercased()
  }

  private func parameters(in location: String) -> [JSON] {
    parameters.filter { $0["in"]?.stringValue == location }
  }

  // MARK: Values

  /// What the parameter is to carry: what is given, else the default that the platform inserts.
  private func value(_ parameter: JSON) -> JSON? {
    if let given = inputs[parameter["name"]?.stringValue ?? ""] { return given }
    guard parameter["required"] == true, let value = parameter["default"], !value.isNull else {
      return nil
    }
    return value
  }

  /// The texts that the parameter is to become: several only when it is repeated.
  private func texts(_ parameter: JSON) -> [String] {
    guard let value = value(parameter) else { return [] }
    let texts = words(of: value)
    switch parameter["collectionFormat"]?.stringValue {
    case "multi": return texts
    case "ssv": return [texts.joined(separator: " ")]
    case "tsv": return [texts.joined(separator: "\t")]
    case "pipes": return [texts.joined(separator: "|")]
    default: return [texts.joined(separator: ",")]
    }
  }

  private func words(of value: JSON) -> [String] {
    switch value {
    case .array(let items): items.flatMap(words)
    case .string(let text): [text]
    case .double(let number): [String(number)]
    default: [value.text]
    }
  }

  // MARK: Path

  private func pathDefects(_ path: String) -> [String] {
    var base = root["basePath"]?.stringValue ?? root["basepath"]?.stringValue ?? ""
    while base.hasSuffix("/") { base.removeLast() }
    guard path.hasPrefix(base) else { return ["path \(path) outside \(base)"] }
    guard let found = values(in: String(path.dropFirst(base.count))) else {
      return ["path \(path) instead of \(base + template)"]
    }
    return parameters(in: "path").compactMap { parameter in
      let name = parameter["name"]?.stringValue ?? ""
      guard let encoded = found[name] else { return "path without \(name)" }
      let rounds = parameter["x-ms-url-encoding"] == "double" ? 2 : 1
      let text = texts(parameter)[0]
      return isEncoding(encoded, of: text, rounds: rounds)
        ? nil : "path variable \(name): \(encoded)"
    }
  }

  /// Decodes back to the text, and leaves unencoded only what `encodeURIComponent` does.
  private func isEncoding(_ encoded: String, of text: String, rounds: Int) -> Bool {
    var kept = CharacterSet(charactersIn: "-_.!~*'()%")
    kept.formUnion(CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyz0123456789"))
    kept.formUnion(CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    var decoded = encoded
    for _ in 0..<rounds {
      guard decoded.unicodeScalars.allSatisfy(kept.contains) else { return false }
      decoded = decoded.removingPercentEncoding ?? "?"
    }
    return decoded == text
  }

  /// The encoded texts in place of the template's variables; `nil` when the fixed parts differ.
  private func values(in path: String) -> [String: String]? {
    var values: [String: String] = [:]
    var rest = Substring(path)
    var pattern = Substring(template)
    while let open = pattern.firstIndex(of: "{"), let close = pattern.firstIndex(of: "}") {
      let fixed = literal(pattern[..<open])
      guard rest.hasPrefix(fixed) else { return nil }
      rest = rest.dropFirst(fixed.count)
      let name = String(pattern[pattern.index(after: open)..<close])
      pattern = pattern[pattern.index(after: close)...]
      let stop = literal(pattern.prefix { $0 != "{" })
      let end = stop.isEmpty ? rest.endIndex : rest.range(of: stop)?.lowerBound
      guard let end else { return nil }
      values[name] = String(rest[..<end])
      rest = rest[end...]
    }
    return rest == literal(pattern) ? values : nil
  }

  private func literal(_ text: Substring) -> String {
    text.replacingOccurrences(of: " ", with: "%20")
  }

  // MARK: Query and headers

  private func queryDefects(_ query: String) -> [String] {
    let expected = parameters(in: "query").flatMap { parameter in
      texts(parameter).map { [parameter["name"]?.stringValue ?? "", $0] }
    }
    let pairs = Self.pairs(query, plusIsSpace: false)
    return pairs == expected ? [] : ["query \(pairs) instead of \(expected)"]
  }

  private static func pairs(_ text: String, plusIsSpace: Bool) -> [[String]] {
    text.split(separator: "&").map { pair in
      pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map { word in
        let spaced = plusIsSpace ? word.replacingOccurrences(of: "+", with: " ") : String(word)
        return spaced.removingPercentEncoding ?? "?"
      }
    }
  }

  private func headerDefects(_ request: HTTPRequest) -> [String] {
    // A form in parts is labelled with its boundary, whatever else was given.
    let isForm = parameters.contains { $0["type"] == "file" && value($0) != nil }
    return parameters(in: "header").compactMap { parameter in
      let name = parameter["name"]?.stringValue ?? ""
      // No wire carries a header whose name has a space; policies still read it.
      if name.contains(where: { $0 == " " || $0 == ":" }) { return nil }
      if isForm, name.lowercased() == "content-type" { return nil }
      // The runtime says these itself when the definition leaves them to it.
      let isOwn = ["accept", "content-type"].contains(name.lowercased())
      guard let expected = texts(parameter).first else {
        return isOwn || request.headers[name] == nil ? nil : "header \(name) that nobody gave"
      }
      return request.headers[name] == expected ? nil : "header \(name)"
    }
  }

  // MARK: Body

  private func bodyDefects(_ request: HTTPRequest) -> [String] {
    let fields = parameters(in: "formData")
    if !fields.isEmpty { return formDefects(request, fields) }
    guard let body = parameters(in: "body").first else {
      return request.body.isEmpty ? [] : ["a body that nobody gave"]
    }
    let schema = body["schema"] ?? .null
    let given = inputs[body["name"]?.stringValue ?? ""]
    if case .string(let text)? = given {
      return request.body == Array(text.utf8) ? [] : ["text body"]
    }
    guard let sent = try? JSON(parsing: request.body) else {
      let isOwed = given != nil || body["required"] == true
      return isOwed || !request.body.isEmpty ? ["unreadable JSON body"] : []
    }
    let lost = given.map { contains(sent, $0) } ?? true ? [] : ["body \(sent.text) loses inputs"]
    return lost + BodyValidator(root: root).defects(of: sent, against: schema)
  }

  /// Every part of the input is in the body; defaults may come on top.
  private func contains(_ sent: JSON, _ given: JSON) -> Bool {
    switch (sent, given) {
    case (.object(let sent), .object(let given)):
      given.members.allSatisfy { member in
        sent[member.key].map { contains($0, member.value) } ?? false
      }
    case (.array(let sent), .array(let given)):
      sent.count == given.count && zip(sent, given).allSatisfy(contains)
    default: sent == given
    }
  }

  private func formDefects(_ request: HTTPRequest, _ fields: [JSON]) -> [String] {
    let expected = fields.flatMap { field in
      texts(field).map { [field["name"]?.stringValue ?? "", $0] }
    }
    let type = request.headers["Content-Type"] ?? ""
    let body = String(decoding: request.body, as: UTF8.self)
    guard type.hasPrefix("multipart/form-data") else {
      let pairs = Self.pairs(body, plusIsSpace: true)
      return pairs == expected ? [] : ["form \(pairs) instead of \(expected)"]
    }
    let parts = FormReader.parts(of: body, type: type)
    guard let parts else { return ["unreadable parts"] }
    let files = Set(fields.filter { $0["type"] == "file" }.map { $0["name"]?.stringValue ?? "" })
    let wrong = parts.filter { files.contains($0.name) != ($0.fileName != nil) }.map(\.name)
    let pairs = parts.map { [$0.name, $0.body] }
    return (pairs == expected ? [] : ["parts \(pairs) instead of \(expected)"])
      + wrong.map { "part \($0): file name" }
  }
}
