import Connectors
import Foundation
import HTTPMessages
import OrderedJSON

/// Checks a request by another route: it reads the request back and compares it with the inputs.
struct RequestChecker {
  let root: JSON
  let template: String
  let inputs: JSONObject
  let parameters: [JSON]

  /// What is wrong with the request; empty when nothing is.
  func defects(of request: HTTPRequest) -> [String] {
    var defects: [String] = []
    guard let components = URLComponents(string: request.url) else { return ["unreadable URL"] }
    if components.host?.lowercased() != expectedHost { defects.append("host \(request.authority)") }
    defects += pathDefects(components.percentEncodedPath)
    defects += queryDefects(components.percentEncodedQuery ?? "")
    for parameter in parameters where parameter["in"] == "header" {
      let name = parameter["name"]?.stringValue ?? ""
      // No wire carries a header whose name has a space; policies still read it.
      if name.contains(where: { $0 == " " || $0 == ":" }) { continue }
      // A form in parts is labelled with its boundary, whatever else was given.
      let isForm = parameters.contains { $0["type"] == "file" }
      if isForm, name.lowercased() == "content-type" { continue }
      if request.headers[name] != text(parameter) { defects.append("header \(name)") }
    }
    return defects + bodyDefects(request)
  }

  private var expectedHost: String {
    (root["host"]?.stringValue ?? "").prefix { $0 != ":" }.lowercased()
  }

  private func text(_ parameter: JSON) -> String {
    texts(inputs[parameter["name"]?.stringValue ?? ""] ?? .null).joined(separator: ",")
  }

  private func texts(_ value: JSON) -> [String] {
    switch value {
    case .array(let items): items.flatMap(texts)
    case .string(let text): [text]
    case .double(let number): [String(number)]
    default: [value.text]
    }
  }

  /// Encoded by Foundation, with the set that `encodeURIComponent` leaves alone.
  private func pathDefects(_ path: String) -> [String] {
    var kept = CharacterSet(charactersIn: "-_.!~*'()")
    kept.formUnion(CharacterSet(charactersIn: "abcdefghijklmnopqrstuvwxyz0123456789"))
    kept.formUnion(CharacterSet(charactersIn: "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    var expected = template
    for parameter in parameters where parameter["in"] == "path" {
      var value = text(parameter).addingPercentEncoding(withAllowedCharacters: kept) ?? ""
      if parameter["x-ms-url-encoding"] == "double" {
        value = value.addingPercentEncoding(withAllowedCharacters: kept) ?? ""
      }
      expected = expected.replacingOccurrences(
        of: "{\(parameter["name"]?.stringValue ?? "")}",
        with: value
      )
    }
    expected = expected.replacingOccurrences(of: " ", with: "%20")
    var base = root["basePath"]?.stringValue ?? root["basepath"]?.stringValue ?? ""
    while base.hasSuffix("/") { base.removeLast() }
    return path == base + expected ? [] : ["path \(path) instead of \(base + expected)"]
  }

  private func queryDefects(_ query: String) -> [String] {
    let pairs = query.split(separator: "&").map { pair in
      pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        .map { String($0).removingPercentEncoding ?? "?" }
    }
    var expected: [[String]] = []
    for parameter in parameters where parameter["in"] == "query" {
      let name = parameter["name"]?.stringValue ?? ""
      if parameter["collectionFormat"] == "multi" {
        expected += texts(inputs[name] ?? .null).map { [name, $0] }
      } else {
        expected.append([name, text(parameter)])
      }
    }
    return pairs == expected ? [] : ["query \(pairs) instead of \(expected)"]
  }

  private func bodyDefects(_ request: HTTPRequest) -> [String] {
    if parameters.contains(where: { $0["in"] == "formData" }) { return formDefects(request) }
    guard let body = parameters.first(where: { $0["in"] == "body" }),
      let value = inputs[body["name"]?.stringValue ?? ""]
    else { return request.body.isEmpty ? [] : ["a body that nobody gave"] }
    if case .string(let text) = value {
      return request.body == Array(text.utf8) ? [] : ["text body"]
    }
    guard let sent = try? JSON(parsing: request.body) else { return ["unreadable JSON body"] }
    return contains(sent, value) ? [] : ["body \(sent.text) instead of \(value.text)"]
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

  private func formDefects(_ request: HTTPRequest) -> [String] {
    let body = String(decoding: request.body, as: UTF8.self)
    let isMultipart = request.headers["Content-Type"]?.hasPrefix("multipart/form-data") == true
    return parameters.filter { $0["in"] == "formData" }.compactMap { parameter in
      let name = parameter["name"]?.stringValue ?? ""
      let text = text(parameter)
      let isThere =
        isMultipart
        ? body.contains("name=\"\(name)\"") && body.contains(text)
        : body.split(separator: "&").contains { pair in
          pair.replacingOccurrences(of: "+", with: "%20").removingPercentEncoding
            == "\(name)=\(text)"
        }
      return isThere ? nil : "form field \(name)"
    }
  }
}
