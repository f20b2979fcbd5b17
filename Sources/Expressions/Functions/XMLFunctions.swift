import Diagnostics
import OrderedJSON

/// XML documents made and searched.
///
/// Source: workflow language reference, sections c.4, c.7 and c.8.
enum XMLFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .conversion,
      "xml",
      [.either("value", [.string, .object])],
      "The XML document that a text holds or that an object describes.",
      "string(xml(json('{\"name\":\"Sophia\"}')))",
      gives: "<name>Sophia</name>",
      .one(xml)
    ),
    FunctionDefinition(
      .manipulation,
      "xpath",
      [.object("xml"), .text("xpath")],
      "The nodes, number, text or boolean that an XPath 1.0 expression selects from XML.",
      "xpath(xml('<a><b>1</b></a>'), '/a/b/text()')",
      gives: ["1"],
      .many(xpath)
    ),
  ]

  /// Content is only relabelled; what is wrong with it shows when it is read.
  @Sendable private static func xml(_ value: JSON) throws(ExpressionError) -> JSON {
    if case .string(let text) = value {
      return envelope(XMLWriter.text(in: try XMLReader.parse(text)))
    }
    let object = value.checkedObject
    if let content = ContentEnvelope(object) {
      return ContentEnvelope(contentType: ContentEnvelope.xmlType, content: content.content).json
    }
    return envelope(XMLWriter.text(in: try JSONToXML.document(of: object)))
  }

  private static func envelope(_ text: String) -> JSON {
    ContentEnvelope(contentType: ContentEnvelope.xmlType, bytes: text.utf8).json
  }

  @Sendable private static func xpath(
    _ arguments: Arguments,
    _ evaluation: inout Evaluation
  ) throws(ExpressionError) -> JSON {
    guard let content = ContentEnvelope(arguments[0].checkedObject), content.isXML else {
      throw ExpressionError(
        .argumentKind,
        "'xpath' expects 'xml' to be an XML object",
        hint: "convert with xml() first"
      )
    }
    let tree = try XMLToJSON.tree(of: content)
    let expression = try XPathParser.parse(arguments.text(1))
    var evaluator = XPathEvaluator(tree)
    switch try evaluator.value(of: expression) {
    case .number(let value): return .double(value)
    case .string(let value): return .string(value)
    case .boolean(let value): return .bool(value)
    case .nodes(let nodes):
      try evaluation.spend(nodes.count)
      return .array(nodes.map { json(of: $0, in: tree, evaluator) })
    }
  }

  /// Text as it is, other nodes as XML.
  private static func json(of index: Int, in tree: XMLTree, _ evaluator: XPathEvaluator) -> JSON {
    switch tree[index].kind {
    case .text, .cdata, .whitespace: .string(evaluator.text(of: index))
    default: envelope(XMLWriter.text(of: index, in: tree))
    }
  }
}
