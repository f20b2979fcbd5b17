/// A flow as a picture that needs nothing beside itself.
///
/// Source: W3C, Scalable Vector Graphics (SVG) 1.1.
package enum SVGPicture {
  package static func text(_ picture: Picture) -> String {
    var canvas = SVGCanvas()
    let boxes = picture.root.nodes.map { NodeBox($0) }
    let triggers = picture.triggers.map { NodeBox($0) }
    // Triggers stand above, with a line to everything that comes first.
    let later = Set(picture.root.edges.map(\.to))
    let count = triggers.count
    var edges = picture.root.edges.map { edge in
      Picture.Edge(from: edge.from + count, to: edge.to + count, statuses: edge.statuses)
    }
    for trigger in triggers.indices {
      for node in boxes.indices where !later.contains(node) {
        edges.append(Picture.Edge(from: trigger, to: node + count, statuses: []))
      }
    }
    let all = triggers + boxes
    let layout = BlockLayout(all.map(\.size), edges: edges)
    let origin = BlockLayout.Point(x: 24, y: 56)
    draw(all, layout, edges, at: origin, triggerCount: count, on: &canvas)
    let titleWidth = TextWidth.width(of: picture.title, size: 18)
    return canvas.document(
      title: picture.title,
      width: max(layout.size.width, titleWidth) + 48,
      height: layout.size.height + origin.y + 24
    )
  }

  private static func draw(
    _ boxes: [NodeBox],
    _ layout: BlockLayout,
    _ edges: [Picture.Edge],
    at origin: BlockLayout.Point,
    triggerCount: Int = 0,
    on canvas: inout SVGCanvas
  ) {
    for (index, box) in boxes.enumerated() {
      let corner = layout.corners[index]
      let place = BlockLayout.Point(x: origin.x + corner.x, y: origin.y + corner.y)
      canvas.draw(box, at: place, isTrigger: index < triggerCount)
      for (position, part) in box.parts.enumerated() {
        let inner = BlockLayout.Point(x: place.x + part.corner.x, y: place.y + part.corner.y)
        if let label = part.label { canvas.draw(label: label, of: part, at: inner) }
        draw(part.boxes, part.layout, box.node.blocks[position].edges, at: inner, on: &canvas)
      }
    }
    for line in layout.lines { canvas.draw(line, edges[line.edge], from: origin) }
  }
}
