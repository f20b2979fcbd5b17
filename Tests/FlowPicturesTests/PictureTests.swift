import Definitions
import FlowPictures
import Foundation
import FoundationXML
import Fixtures
import OrderedJSON
import Testing

/// Flows as pictures.
@Suite struct PictureTests {
  private func flow(_ text: String) throws -> Flow {
    try #require(FlowReader.read(name: "flöw <1>", file: "x", bytes: Array(text.utf8)).flow)
  }

  private static let nested = """
    {"triggers": {"t": {"type": "Recurrence", "recurrence": {"frequency": "Day", "interval": 2}}},
    "actions": {
      "A": {"type": "Compose", "inputs": 1},
      "B": {"type": "If", "expression": "@true", "runAfter": {"A": ["Succeeded"]},
        "actions": {"B1": {"type": "Compose", "inputs": 1}}, "else": {"actions": {}}},
      "C \\"x\\" <b>&": {"type": "Compose", "inputs": 1, "runAfter": {"A": ["Failed", "TimedOut"]}},
      "D": {"type": "Compose", "inputs": 1, "runAfter": {"B": ["Succeeded"], "C \\"x\\" <b>&": ["Succeeded"], "A": ["Succeeded"]}}
    }}
    """

  @Test func `Mermaid shows order, branches and conditions`() throws {
    let text = MermaidPicture.text(Picture(try flow(Self.nested)))
    for line in [
      "flowchart TD", #"  t0(["t<br/>every 2 days"])"#, "  t0 --> a1", "  a1 --> a2",
      #"  subgraph a2["B<br/>@true"]"#, #"    subgraph a2b0["true"]"#,
      #"    a2b1["false: nothing"]"#,
      #"  a1 -.->|"Failed, TimedOut"| a4"#, #"  a4["C #34;x#34; #60;b#62;#38;<br/>Compose"]"#,
    ] {
      #expect(text.contains(line + "\n"), "\(line)")
    }
    let opened = text.matches(of: #/(?m)^ *subgraph /#).count
    #expect(opened == text.matches(of: #/(?m)^ *end$/#).count)
  }

  @Test func `SVG is well-formed and stands alone`() throws {
    let states = ["a": Picture.State(status: "Failed", text: "3 attempts")]
    let text = SVGPicture.text(Picture(try flow(Self.nested), states: states))
    #expect(XMLParser(data: Data(text.utf8)).parse())
    #expect(text.contains("Failed · 3 attempts"))
    #expect(text.contains("C &quot;x&quot; &lt;b&gt;&amp;"))
    #expect(!text.contains("href"))
  }

  @Test func `no box of a picture lies over another one beside it`() throws {
    var actions = JSONObject()
    for index in 0..<60 {
      var action: JSONObject = ["type": "Compose", "inputs": 1]
      let earlier = [index / 2, index - 3].filter { $0 >= 0 && $0 < index }
      action["runAfter"] = .object(
        JSONObject(Set(earlier).sorted().map { ("N\($0)", ["Succeeded"]) })
      )
      actions["N\(index)"] = .object(action)
    }
    let definition: JSON = ["triggers": [:], "actions": .object(actions)]
    let boxes = boxes(SVGPicture.text(Picture(try flow(definition.text))))
    #expect(boxes.count == 60)
    for (index, box) in boxes.enumerated() {
      #expect(boxes[(index + 1)...].allSatisfy { !$0.intersects(box) })
    }
  }

  @Test func `a flow that is wrong is drawn as far as it goes`() throws {
    let text = """
      {"triggers": {}, "actions": {"A": {"type": "Compose", "runAfter": {"B": ["Succeeded"]}},
      "B": {"type": "Compose", "runAfter": {"A": ["Succeeded"], "Z": ["Succeeded"]}}}}
      """
    let picture = Picture(try flow(text))
    #expect(XMLParser(data: Data(SVGPicture.text(picture).utf8)).parse())
    #expect(MermaidPicture.text(picture).contains("a1 --> a2"))
  }

  private func boxes(_ svg: String) -> [CGRect] {
    let pattern = /<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)" rx="8"\/>/
    return svg.matches(of: pattern).map { match in
      let numbers = [match.1, match.2, match.3, match.4].map { Double($0) ?? 0 }
      return CGRect(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
    }
  }
}
