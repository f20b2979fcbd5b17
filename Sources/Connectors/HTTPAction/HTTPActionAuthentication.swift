import Diagnostics
import HTTPMessages
import OrderedJSON

/// The `authentication` of an Http action, where it needs no other request.
///
/// Source: workflow language reference, section d.4.
enum HTTPActionAuthentication {
  static func add(_ value: JSON?, to request: inout HTTPRequest) throws(Diagnostic) {
    guard let value, !value.isNull else { return }
    switch value["type"]?.stringValue?.lowercased() {
    case "basic":
      let pair = [value["username"], value["password"]].map { $0?.stringValue ?? "" }
      let encoded = Base64.encode(Array(pair.joined(separator: ":").utf8))
      request.headers["Authorization"] = "Basic \(encoded)"
    case "raw": request.headers["Authorization"] = value["value"]?.stringValue
    case "querystring":
      let item = QueryItem(
        name: value["name"]?.stringValue ?? "",
        value: value["value"]?.stringValue ?? ""
      )
      request.target += (request.target.contains("?") ? "&" : "?") + item.encoded
    case let other:
      throw HTTPActionRequest.unusable(
        "its authentication type '\(other ?? "")' is not supported",
        hint: "use Basic, Raw or QueryString"
      )
    }
  }
}
