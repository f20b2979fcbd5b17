package import Diagnostics
package import OrderedJSON

/// Finds secrets that a file of connections holds as plain text.
///
/// A parameter is one when its connector says so, any other text when it looks like one.
package struct ConnectionSecrets {
  private let document: JSONDocument
  private let connector: (String) -> Connector?
  private var secrets: [ClearSecret]

  /// A warning `F0029` for each, in the order of the text.
  package static func problems(
    in document: JSONDocument,
    _ text: SourceText,
    connector: @escaping (String) -> Connector?
  ) -> [Diagnostic] {
    var rule = Self(document, connector)
    for member in document.value.objectValue?.members ?? [] { rule.visit(member) }
    let source = FlowSource(text: text, document: document, secrets: rule.secrets)
    var report = FlowReport(source: source)
    SecretRule.check(source, &report)
    return report.diagnostics.inOrder
  }

  private init(_ document: JSONDocument, _ connector: @escaping (String) -> Connector?) {
    self.document = document
    self.connector = connector
    secrets = SecretScan.secrets(of: document)
  }

  /// A connection, or all of those that Logic Apps Standard lists.
  private mutating func visit(_ member: JSONObject.Member) {
    let pointer = JSONPointer([member.key])
    guard member.key == "managedApiConnections" else {
      let name = member.value["connector"]?.stringValue ?? ""
      visit(member.value, "parameters", connector(name), pointer, of: member.key)
      return
    }
    for managed in member.value.objectValue?.members ?? [] {
      let place = pointer.appending(managed.key)
      let api = managed.value["api"]?["id"]?.stringValue ?? ""
      let known = connector(api.split(separator: "/").last.map(String.init) ?? managed.key)
      visit(managed.value, "parameterValues", known, place, of: managed.key)
      let key = place.appending("authentication").appending("parameter")
      if managed.value["authentication"]?["parameter"]?.stringValue != nil {
        add(key, "the key of the connection '\(managed.key)'")
      }
    }
  }

  private mutating func visit(
    _ connection: JSON,
    _ member: String,
    _ connector: Connector?,
    _ pointer: JSONPointer,
    of name: String
  ) {
    let place = pointer.appending(member)
    for parameter in connection[member]?.objectValue?.members ?? [] {
      let isSecret = connector?.parameterSets.contains {
        $0.parameter(parameter.key)?.isSecret ?? false
      }
      guard isSecret ?? Self.soundsSecret(parameter.key) else { continue }
      add(place.appending(parameter.key), "'\(parameter.key)' of the connection '\(name)'")
    }
  }

  /// What a parameter is called that is a secret, when its connector is not at hand.
  private static func soundsSecret(_ key: String) -> Bool {
    let lowered = key.lowercased()
    return ["password", "secret", "api_key", "apikey", "accesskey", "token"].contains {
      lowered.contains($0)
    }
  }

  private mutating func add(_ pointer: JSONPointer, _ what: String) {
    guard let text = document.value.value(at: pointer)?.stringValue, SecretScan.isClear(text),
      !secrets.contains(where: { $0.pointer == pointer })
    else { return }
    let range = document.source(at: pointer).range
    secrets.append(ClearSecret(pointer: pointer, range: range, what: what))
  }
}
