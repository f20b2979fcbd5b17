import Diagnostics
import OrderedJSON

/// Requests that actions and triggers send have an address, and credentials that are complete.
///
/// Source: workflow language reference, section d.4.
enum RequestRule {
  static func check(_ flow: Flow, _ report: inout FlowReport) {
    for action in flow.allActions {
      let inputs = action.pointer.appending("inputs")
      switch action.kind {
      case .http: check(action.inputs, inputs, &report)
      case .httpWebhook: checkWebhook(action.inputs, inputs, &report)
      default: break
      }
    }
    for trigger in flow.triggers {
      let inputs = trigger.pointer.appending("inputs")
      switch trigger.type {
      case "Http": check(trigger.inputs, inputs, &report)
      case "HttpWebhook": checkWebhook(trigger.inputs, inputs, &report)
      default: break
      }
    }
  }

  private static func checkWebhook(
    _ inputs: JSON,
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    for member in ["subscribe", "unsubscribe"] {
      guard let request = inputs[member] else { continue }
      check(request, pointer.appending(member), &report)
    }
  }

  private static func check(_ request: JSON, _ pointer: JSONPointer, _ report: inout FlowReport) {
    if let uri = request["uri"]?.stringValue, !uri.contains("@"), !isAddress(uri) {
      report.add(
        .valueOutOfRange,
        "'uri' is no address of http or https",
        pointer.appending("uri"),
        hint: "write a whole address such as https://example.com/path"
      )
    }
    if let authentication = request["authentication"]?.objectValue {
      check(authentication, pointer.appending("authentication"), &report)
    }
  }

  private static func isAddress(_ text: String) -> Bool {
    let lowered = text.lowercased()
    guard let scheme = ["https://", "http://"].first(where: { lowered.hasPrefix($0) }) else {
      return false
    }
    let rest = text.dropFirst(scheme.count)
    return rest.first.map { $0 != "/" && $0 != "?" && $0 != "#" } ?? false
  }

  // MARK: Credentials

  private static func check(
    _ authentication: JSONObject,
    _ pointer: JSONPointer,
    _ report: inout FlowReport
  ) {
    guard let type = authentication["type"]?.stringValue, !type.contains("@") else {
      guard authentication["type"] == nil else { return }
      report.add(
        .missingMember,
        "the authentication has no 'type'",
        pointer,
        hint: "use \(FlowLanguage.authenticationTypes.joined(separator: ", "))",
        onKey: true
      )
      return
    }
    let known = FlowLanguage.authenticationTypes
    guard let match = known.first(where: { $0.lowercased() == type.lowercased() }) else {
      let nearest = NearestName.suggestion(for: type, among: known)
      report.add(
        .valueOutOfRange,
        "'\(type)' is no authentication that is known here",
        pointer.appending("type"),
        hint: nearest.map { "did you mean '\($0)'?" } ?? "use \(known.joined(separator: ", "))"
      )
      return
    }
    for member in required[match, default: []] where authentication[member] == nil {
      report.add(
        .missingMember,
        "the authentication of type '\(match)' has no '\(member)'",
        pointer,
        hint: "add \"\(member)\"",
        onKey: true
      )
    }
  }

  private static let required = [
    "Basic": ["username"], "ClientCertificate": ["pfx"], "Raw": ["value"],
    "ActiveDirectoryOAuth": ["tenant", "audience", "clientId"], "QueryString": ["name", "value"],
  ]
}
