/// A node with its size and, for a container, the layout of what is inside.
struct NodeBox {
  struct Part {
    var label: String?
    var boxes: [NodeBox]
    var layout: BlockLayout
    /// Within the container.
    var corner: BlockLayout.Point
  }

  static let nameSize = 13.0
  static let detailSize = 11.0
  static let smallest = 130.0
  static let largest = 250.0
  static let padding = 14.0
  static let labelHeight = 22.0
  static let partGap = 22.0

  let node: Picture.Node
  private(set) var size: BlockLayout.Size
  private(set) var parts: [Part] = []
  /// The height of the lines of text.
  let headHeight: Double

  var isContainer: Bool { !node.blocks.isEmpty }

  /// The lines under the name.
  var details: [String] {
    [node.detail ?? node.type, node.state.map(Self.text)].compactMap { $0 }
  }

  init(_ node: Picture.Node) {
    self.node = node
    headHeight = node.state == nil ? 44 : 60
    size = BlockLayout.Size(width: 0, height: headHeight)
    let texts = [
      TextWidth.width(of: node.name, size: Self.nameSize),
      TextWidth.width(of: node.detail ?? node.type, size: Self.detailSize),
      node.state.map { TextWidth.width(of: Self.text($0), size: Self.detailSize) } ?? 0,
    ]
    size.width = min(max((texts.max() ?? 0) + 28, Self.smallest), Self.largest)
    if isContainer { addParts() }
  }

  static func text(_ state: Picture.State) -> String {
    [state.status, state.text].filter { !$0.isEmpty }.joined(separator: " · ")
  }

  private mutating func addParts() {
    var x = Self.padding
    var height = 0.0
    for block in node.blocks {
      let boxes = block.nodes.map { NodeBox($0) }
      let layout = BlockLayout(boxes.map(\.size), edges: block.edges)
      let top = headHeight + (block.label == nil ? 4 : Self.labelHeight)
      let labelWidth = block.label.map { TextWidth.width(of: $0, size: Self.detailSize) + 16 } ?? 0
      let width = max(layout.size.width, min(labelWidth, Self.largest), 70)
      let corner = BlockLayout.Point(x: x + (width - layout.size.width) / 2, y: top)
      parts.append(Part(label: block.label, boxes: boxes, layout: layout, corner: corner))
      height = max(height, top + max(layout.size.height, 20) + Self.padding)
      x += width + Self.partGap
    }
    let inner = x - Self.partGap + Self.padding
    if inner < size.width {
      for index in parts.indices { parts[index].corner.x += (size.width - inner) / 2 }
    }
    size = BlockLayout.Size(width: max(size.width, inner), height: height)
  }
}
