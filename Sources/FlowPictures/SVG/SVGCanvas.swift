/// Collects the elements of a picture.
struct SVGCanvas {
  private var elements: [String] = []
  /// Over all lines, so that none runs through them.
  private var labels: [String] = []

  mutating func draw(_ box: NodeBox, at place: BlockLayout.Point, isTrigger: Bool) {
    let status = box.node.state?.status ?? "none"
    let kind = isTrigger ? "trigger" : box.isContainer ? "container" : "action"
    let radius = isTrigger ? box.size.height / 2 : 8
    let tip = [box.node.name, box.node.type, box.node.detail].compactMap { $0 }
    elements.append(#"<g class="\#(kind) \#(Self.escaped(status))">"#)
    elements.append("<title>\(Self.escaped(tip.joined(separator: "\n")))</title>")
    elements.append(
      #"<rect x="\#(Self.number(place.x))" y="\#(Self.number(place.y))" "#
        + #"width="\#(Self.number(box.size.width))" height="\#(Self.number(box.size.height))" "#
        + #"rx="\#(Self.number(radius))"/>"#
    )
    let x = box.isContainer ? place.x + NodeBox.padding : place.x + box.size.width / 2
    let room = box.size.width - 24
    text(box.node.name, "name", x, place.y + 19, room, NodeBox.nameSize)
    for (index, detail) in box.details.enumerated() {
      let isState = box.node.state != nil && index == box.details.count - 1
      text(
        detail,
        isState ? "state" : "detail",
        x,
        place.y + 35 + Double(index) * 16,
        room,
        NodeBox.detailSize
      )
    }
    elements.append("</g>")
  }

  mutating func draw(label: String, of part: NodeBox.Part, at corner: BlockLayout.Point) {
    let x = corner.x + part.layout.size.width / 2
    let shown = part.boxes.isEmpty ? "\(label): nothing" : label
    let width = max(part.layout.size.width, 110)
    text(shown, "branch", x, corner.y - 7, width, NodeBox.detailSize)
  }

  mutating func draw(_ line: BlockLayout.Line, _ edge: Picture.Edge, from origin: BlockLayout.Point)
  {
    let points = line.points.map { (x: $0.x + origin.x, y: $0.y + origin.y) }
    guard var last = points.first else { return }
    var label = last
    var path = "M\(Self.number(last.x)) \(Self.number(last.y))"
    for (index, point) in points.dropFirst().enumerated() {
      // The arrow's head needs some room.
      let y = index == points.count - 2 ? point.y - 2 : point.y
      if point.x == last.x {
        path += "V\(Self.number(y))"
      } else {
        let middle = (last.y + y) / 2
        path +=
          "C\(Self.number(last.x)) \(Self.number(middle)) \(Self.number(point.x)) "
          + "\(Self.number(middle)) \(Self.number(point.x)) \(Self.number(y))"
      }
      label = ((last.x + point.x) / 2, (last.y + y) / 2)
      last = (point.x, y)
    }
    let kind = Self.kind(edge.statuses)
    elements.append(#"<path class="line \#(kind)" d="\#(path)" marker-end="url(#\#(kind))"/>"#)
    if !edge.statuses.isEmpty { draw(edge.statuses, kind, at: label) }
  }

  private mutating func draw(_ statuses: [String], _ kind: String, at place: (x: Double, y: Double))
  {
    let label = statuses.count == 4 ? "always" : statuses.joined(separator: ", ")
    let width = TextWidth.width(of: label, size: 10) + 8
    let (x, y) = (Self.number(place.x), Self.number(place.y + 3))
    labels.append(
      #"<rect class="ground" x="\#(Self.number(place.x - width / 2))" "#
        + #"y="\#(Self.number(place.y - 7))" width="\#(Self.number(width))" height="13" rx="3"/>"#
        + #"<text class="edge \#(kind)" x="\#(x)" y="\#(y)">\#(Self.escaped(label))</text>"#
    )
  }

  private static func kind(_ statuses: [String]) -> String {
    if statuses.isEmpty { return "success" }
    return statuses.contains("Succeeded") ? "either" : "failure"
  }

  private mutating func text(
    _ text: String,
    _ style: String,
    _ x: Double,
    _ y: Double,
    _ room: Double,
    _ size: Double
  ) {
    let fitted = TextWidth.fitted(text, to: room, size: size)
    elements.append(
      #"<text class="\#(style)" x="\#(Self.number(x))" y="\#(Self.number(y))">"#
        + "\(Self.escaped(fitted))</text>"
    )
  }

  func document(title: String, width: Double, height: Double) -> String {
    let size = "\(Self.number(width)) \(Self.number(height))"
    let opening =
      #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(size)" "#
      + #"width="\#(Self.number(width))" height="\#(Self.number(height))" role="img">"#
    let heading = #"<text class="title" x="24" y="32">\#(Self.escaped(title))</text>"#
    let ground = #"<rect class="ground" width="100%" height="100%"/>"#
    let parts = [opening, "<title>\(Self.escaped(title))</title>", SVGStyle.text, ground, heading]
    return (parts + elements + labels + ["</svg>", ""]).joined(separator: "\n")
  }

  private static func number(_ value: Double) -> String {
    let rounded = (value * 10).rounded() / 10
    return rounded == rounded.rounded() ? String(Int(rounded)) : String(rounded)
  }

  /// XML has no place for most control characters.
  static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "&": result += "&amp;"
      case "\"": result += "&quot;"
      case "\n": result += "&#10;"
      default: result.unicodeScalars.append(scalar.value < 0x20 ? " " : scalar)
      }
    }
    return result
  }
}
