/// A flow as a Mermaid flowchart, for pages that draw them.
///
/// Source: Mermaid documentation, "Flowcharts - Basic Syntax".
package enum MermaidPicture {
  package static func text(_ picture: Picture) -> String {
    // The title is YAML, where a quote is doubled.
    let title = picture.title.replacing("'", with: "''").replacing("\n", with: " ")
    var lines = ["---", "title: '\(title)'", "---", "flowchart TD"]
    for trigger in picture.triggers {
      lines.append("  \(trigger.id)([\(label(trigger))])")
    }
    lines += block(picture.root, depth: 1)
    for trigger in picture.triggers {
      lines += starts(picture.root).map { "  \(trigger.id) --> \($0.id)" }
    }
    lines += classes(picture)
    return lines.joined(separator: "\n") + "\n"
  }

  private static func block(_ block: Picture.Block, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    var lines = block.nodes.flatMap { node($0, depth: depth) }
    for edge in block.edges {
      let (from, to) = (block.nodes[edge.from].id, block.nodes[edge.to].id)
      lines.append(
        edge.statuses.isEmpty
          ? "\(indent)\(from) --> \(to)"
          : "\(indent)\(from) -.->|\(quoted(edge.statuses.joined(separator: ", ")))| \(to)"
      )
    }
    return lines
  }

  private static func node(_ node: Picture.Node, depth: Int) -> [String] {
    let indent = String(repeating: "  ", count: depth)
    // A subgraph without nodes is none.
    guard node.blocks.contains(where: { !$0.nodes.isEmpty }) else {
      return ["\(indent)\(node.id)[\(label(node))]"]
    }
    var lines = ["\(indent)subgraph \(node.id)[\(label(node))]", "\(indent)  direction TB"]
    for (index, inner) in node.blocks.enumerated() {
      guard let name = inner.label else {
        lines += block(inner, depth: depth + 1)
        continue
      }
      let id = "\(node.id)b\(index)"
      guard !inner.nodes.isEmpty else {
        lines.append("\(indent)  \(id)[\(quoted("\(name): nothing"))]")
        continue
      }
      lines += ["\(indent)  subgraph \(id)[\(quoted(name))]", "\(indent)    direction TB"]
      lines += block(inner, depth: depth + 2)
      lines.append("\(indent)  end")
    }
    return lines + ["\(indent)end"]
  }

  private static func starts(_ block: Picture.Block) -> [Picture.Node] {
    let later = Set(block.edges.map(\.to))
    return block.nodes.indices.filter { !later.contains($0) }.map { block.nodes[$0] }
  }

  // MARK: Statuses

  private static let styles = [
    ("Succeeded", "fill:#dff3e4,stroke:#1a7f37,color:#0f3d1f"),
    ("Failed", "fill:#ffe3e0,stroke:#cf222e,color:#5c0f14"),
    ("TimedOut", "fill:#fff0d9,stroke:#bc4c00,color:#5a2500"),
    ("Skipped", "fill:#f4f4f4,stroke:#9a9a9a,color:#6a6a6a,stroke-dasharray:4 3"),
    ("Cancelled", "fill:#ececec,stroke:#6a6a6a,color:#333333"),
    ("Running", "fill:#ddeeff,stroke:#0969da,color:#0a3069"),
    ("Waiting", "fill:#ddeeff,stroke:#0969da,color:#0a3069"),
  ]

  private static func classes(_ picture: Picture) -> [String] {
    let states = all(picture.root).compactMap { node in node.state.map { (node.id, $0.status) } }
    return styles.flatMap { status, style -> [String] in
      let ids = states.filter { $0.1 == status }.map(\.0)
      guard !ids.isEmpty else { return [] }
      return ["  classDef \(status) \(style)", "  class \(ids.joined(separator: ",")) \(status)"]
    }
  }

  private static func all(_ block: Picture.Block) -> [Picture.Node] {
    block.nodes.flatMap { [$0] + $0.blocks.flatMap(all) }
  }

  // MARK: Texts

  private static func label(_ node: Picture.Node) -> String {
    var parts = [escaped(node.name), escaped(node.detail.map(short) ?? node.type)]
    if let state = node.state {
      parts.append(
        escaped([state.status, state.text].filter { !$0.isEmpty }.joined(separator: " "))
      )
    }
    return "\"" + parts.joined(separator: "<br/>") + "\""
  }

  private static func short(_ text: String) -> String {
    text.count <= 48 ? text : text.prefix(47) + "…"
  }

  private static func quoted(_ text: String) -> String { "\"" + escaped(text) + "\"" }

  /// Everything that means something to Mermaid becomes an entity.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "#", "<", ">", "&", "`", "\\", ";", "|", "[", "]", "{", "}":
        result += "#\(scalar.value);"
      case "\n", "\r", "\t": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
