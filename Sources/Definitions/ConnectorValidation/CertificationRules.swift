internal import Diagnostics
internal import OrderedJSON

/// Rules that a connector must follow to be published by the platform's vendor.
///
/// Source: connector format reference, section (k), certification.
enum CertificationRules {
  static func report(_ connector: Connector, _ file: inout DefinitionFile) {
    let title = connector.summary.title
    if title.count > 30 { warn("the title has more than 30 characters", "title", &file) }
    let words = title.lowercased().split { !$0.isLetter }
    for word in ["api", "connector"] where words.contains(Substring(word)) {
      warn("the title contains the word '\(word)'", "title", &file)
    }
    let length = connector.summary.description?.count ?? 0
    if !(30...500).contains(length) {
      warn("the description has \(length) characters; 30 to 500 are wanted", "description", &file)
    }
    reportMetadata(connector, &file)
  }

  private static func reportMetadata(_ connector: Connector, _ file: inout DefinitionFile) {
    let names = connector.summary.metadata.map { $0.name.lowercased() }
    for row in ["Website", "Privacy policy", "Categories"] where !names.contains(row.lowercased()) {
      file.report(
        .certificationAdvice,
        "the connector metadata lacks '\(row)'",
        hint: "add it to 'x-ms-connector-metadata'",
        at: ["x-ms-connector-metadata"],
        onKey: true
      )
    }
  }

  private static func warn(_ message: String, _ member: String, _ file: inout DefinitionFile) {
    file.report(.certificationAdvice, message, at: ["info", member])
  }
}
