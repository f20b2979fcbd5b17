package import Definitions
internal import OrderedJSON

/// The reference page of a connector, in the shape of the vendor's pages.
///
/// Source: connector format reference, section (j).
package struct ReferencePage {
  let connector: Connector
  private var lines: [String] = []
  private var definitions: Set<String> = []

  /// The page in Markdown.
  package static func markdown(for connector: Connector) -> String {
    var page = ReferencePage(connector: connector)
    page.write()
    return page.lines.joined(separator: "\n") + "\n"
  }

  private init(connector: Connector) { self.connector = connector }

  /// The fragment that a heading gets.
  static func anchor(_ heading: String) -> String {
    let kept = heading.lowercased().filter { $0.isLetter || $0.isNumber || " -_".contains($0) }
    return String(kept.map { $0 == " " ? "-" : $0 })
  }

  private mutating func write() {
    writeHead()
    writeConnection()
    writeThrottling()
    let visible = connector.operations.filter { $0.visibility != .internal }
    writeOperations("Actions", visible.filter { $0.trigger == nil })
    writeOperations("Triggers", visible.filter { $0.trigger != nil })
    writeDefinitions()
  }

  private mutating func paragraph(_ text: String) { lines += ["", text] }

  private mutating func table(_ columns: [String], _ rows: [[String]]) {
    lines += [""] + MarkdownTable(columns: columns, rows: rows).lines
  }

  // MARK: Head

  private mutating func writeHead() {
    lines.append("# \(title)")
    if let description = connector.summary.description { paragraph(description) }
    writeAvailability()
    if let contact = connector.summary.contact {
      paragraph("## Contact")
      let rows = [("Name", contact.name), ("URL", contact.url), ("Email", contact.email)]
      table(["Contact", ""], rows.compactMap { row in row.1.map { [row.0, $0] } })
    }
    var metadata = connector.summary.metadata.map { [$0.name, $0.value] }
    if let publisher = connector.summary.publisher {
      metadata.insert(["Publisher", publisher], at: 0)
    }
    if !metadata.isEmpty {
      paragraph("## Connector Metadata")
      table(["Connector Metadata", ""], metadata)
    }
    if let documentation = connector.runtime.documentation { paragraph(documentation) }
  }

  private var title: String {
    var title = connector.summary.title
    if connector.summary.brandColor?.lowercased() == "#da3b01" {
      title += " (Independent Publisher)"
    }
    if connector.summary.status?.lowercased() != "production" { title += " (Preview)" }
    return title
  }

  private mutating func writeAvailability() {
    guard !connector.runtime.availability.isEmpty else { return }
    paragraph("This connector is available in the following products and regions:")
    table(
      ["Service", "Class", "Regions"],
      connector.runtime.availability.map { row in
        [
          row.service, row.level,
          ([row.regions] + row.exceptions.map { "- \($0)" }).joined(separator: "\n"),
        ]
      }
    )
  }

  // MARK: Connection

  private var sharing: String {
    connector.runtime.isShareable ? "Shareable" : "Not shareable"
  }

  private mutating func writeConnection() {
    guard !connector.parameterSets.isEmpty else { return }
    paragraph("## Creating a connection")
    paragraph("The connector supports the following authentication types:")
    table(
      ["Type", "Description", "Applicable", "Sharing"],
      connector.parameterSets.map { [$0.title, $0.description ?? "", "All regions", sharing] }
    )
    for set in connector.parameterSets { write(set) }
  }

  private mutating func write(_ set: ConnectionParameterSet) {
    paragraph("### \(set.title)")
    if set.name != ConnectionParameterSet.defaultName { paragraph("Auth ID: \(set.name)") }
    paragraph("Applicable: All regions")
    if let description = set.description { paragraph(description) }
    paragraph(
      connector.runtime.isShareable
        ? "This is shareable connection. If the power app is shared with another user, connection "
          + "is shared as well."
        : "This is not shareable connection. If the power app is shared with another user, another "
          + "user will be prompted to create new connection explicitly."
    )
    let rows = set.parameters.filter { !$0.isHidden }.map { parameter in
      [
        parameter.title, parameter.kind.rawValue, parameter.description ?? "",
        parameter.isRequired ? "True" : "",
      ]
    }
    if !rows.isEmpty { table(["Name", "Type", "Description", "Required"], rows) }
  }

  private mutating func writeThrottling() {
    guard let throttling = connector.runtime.throttling else { return }
    paragraph("## Throttling Limits")
    let seconds = ParameterText.text(.double(throttling.renewalPeriod.secondCount))
    table(
      ["Name", "Calls", "Renewal Period"],
      [["API calls per connection", String(throttling.calls), "\(seconds) seconds"]]
    )
  }

  // MARK: Operations

  private mutating func writeOperations(_ heading: String, _ operations: [ConnectorOperation]) {
    guard !operations.isEmpty else { return }
    let ordered = operations.sorted { $0.title.lowercased() < $1.title.lowercased() }
    paragraph("## \(heading)")
    table(
      ["Name", "Description"],
      ordered.map { operation in
        let title = Self.heading(operation)
        return ["[\(title)](#\(Self.anchor(title)))", operation.description ?? ""]
      }
    )
    for operation in ordered { write(operation) }
  }

  private static func heading(_ operation: ConnectorOperation) -> String {
    operation.isDeprecated ? "\(operation.title) [DEPRECATED]" : operation.title
  }

  private mutating func write(_ operation: ConnectorOperation) {
    paragraph("### \(Self.heading(operation))")
    paragraph("Operation ID: `\(operation.id)`")
    if let description = operation.description { paragraph(description) }
    if let obstacle = Executability.obstacle(to: operation, of: connector) {
      paragraph("Not executable here: \(obstacle).")
    }
    let parameters = ParameterRows.cells(of: operation, resolver: connector.schemas)
    if !parameters.isEmpty {
      paragraph("#### Parameters")
      table(ParameterRows.columns, parameters)
    }
    writeReturns(of: operation)
  }

  private mutating func writeReturns(of operation: ConnectorOperation) {
    guard let schema = operation.outputSchema else { return }
    paragraph("#### Returns")
    let resolved = connector.schemas.resolve(schema)
    if resolved["x-ms-dynamic-schema"] != nil || resolved["x-ms-dynamic-properties"] != nil {
      paragraph("The outputs of this operation are dynamic.")
      return
    }
    let rows = ReturnRows(schema: schema, resolver: connector.schemas)
    definitions.formUnion(rows.definitions)
    table(ReturnRows.columns, rows.cells)
  }

  // MARK: Definitions

  private mutating func writeDefinitions() {
    var written: [String: [[String]]] = [:]
    var waiting = definitions
    while let name = waiting.popFirst() {
      guard written[name] == nil, let schema = connector.document["definitions"]?[name] else {
        continue
      }
      let rows = ReturnRows(definition: schema, resolver: connector.schemas)
      written[name] = rows.cells
      waiting.formUnion(rows.definitions.filter { written[$0] == nil })
    }
    guard !written.isEmpty else { return }
    paragraph("## Definitions")
    for (name, cells) in written.sorted(by: { $0.key.lowercased() < $1.key.lowercased() }) {
      paragraph("### \(name)")
      if let text = connector.document["definitions"]?[name]?["description"]?.stringValue {
        paragraph(text)
      }
      if !cells.isEmpty { table(ReturnRows.columns, cells) }
    }
  }
}

extension Duration {
  fileprivate var secondCount: Double {
    Double(components.seconds) + Double(components.attoseconds) * 1e-18
  }
}
