import OrderedJSON

extension LanguageServer {
  /// Source: Language Server Protocol 3.17, section Initialize Request.
  static func capabilities(_ version: String) -> JSON {
    [
      "capabilities": [
        "positionEncoding": "utf-16",
        "textDocumentSync": ["openClose": true, "change": 2, "save": true],
        "completionProvider": ["triggerCharacters": ["\"", "@", "'", "(", ":", "{"]],
        "hoverProvider": true, "definitionProvider": true, "documentSymbolProvider": true,
        "renameProvider": ["prepareProvider": true], "documentFormattingProvider": true,
      ],
      "serverInfo": ["name": "weir", "version": .string(version)],
    ]
  }

  func feature(_ method: String, _ parameters: JSON) throws(ResponseFailure) -> JSON {
    switch method {
    case "textDocument/completion":
      let (flow, offset) = try place(parameters)
      return ["isIncomplete": false, "items": .array(Completion.items(in: flow, at: offset))]
    case "textDocument/hover":
      let (flow, offset) = try place(parameters)
      return Hover.content(in: flow, at: offset)
    case "textDocument/definition":
      let (flow, offset) = try place(parameters)
      guard let range = Target.find(in: flow, at: offset)?.target.declaration else { return .null }
      return ["uri": .string(flow.document.uri), "range": flow.document.range(of: range)]
    case "textDocument/documentSymbol": return SymbolList.symbols(in: try flow(parameters))
    case "textDocument/prepareRename": return try prepareRename(parameters)
    case "textDocument/rename": return try rename(parameters)
    case "textDocument/formatting": return try format(parameters)
    default: throw ResponseFailure(.methodNotFound, "there is no method '\(method)'")
    }
  }

  private func flow(_ parameters: JSON) throws(ResponseFailure) -> OpenFlow {
    let uri = parameters["textDocument"]?["uri"]?.stringValue ?? ""
    guard let document = documents[uri] else {
      throw ResponseFailure(.invalidParameters, "the document '\(uri)' is not open")
    }
    return OpenFlow(document, project)
  }

  private func place(_ parameters: JSON) throws(ResponseFailure) -> (OpenFlow, Int) {
    let flow = try flow(parameters)
    guard let position = TextPosition(parameters["position"]) else {
      throw ResponseFailure(.invalidParameters, "'position' is no position")
    }
    return (flow, flow.document.offset(of: position))
  }

  // MARK: Changes

  private func prepareRename(_ parameters: JSON) throws(ResponseFailure) -> JSON {
    let (flow, offset) = try place(parameters)
    guard let (target, range) = Target.find(in: flow, at: offset), case .action(let action) = target
    else { return .null }
    // A key is named with its quotes.
    let isQuoted = flow.document.bytes[range].first == UInt8(ascii: "\"")
    let inner = isQuoted ? range.lowerBound + 1..<range.upperBound - 1 : range
    return ["range": flow.document.range(of: inner), "placeholder": .string(action.name)]
  }

  private func rename(_ parameters: JSON) throws(ResponseFailure) -> JSON {
    let (flow, offset) = try place(parameters)
    guard let rename = Rename(flow, at: offset) else {
      throw ResponseFailure(.requestFailed, "no action is named here")
    }
    guard let name = parameters["newName"]?.stringValue else {
      throw ResponseFailure(.invalidParameters, "'newName' is no text")
    }
    if let refusal = rename.refusal(of: name) { throw ResponseFailure(.requestFailed, refusal) }
    return ["changes": .object([flow.document.uri: .array(rename.edits(to: name))])]
  }

  private func format(_ parameters: JSON) throws(ResponseFailure) -> JSON {
    let document = try flow(parameters).document
    let options = parameters["options"]
    let size = min(max(options?["tabSize"]?.integerValue ?? 2, 1), 16)
    let usesTabs = options?["insertSpaces"] == false
    let indentation = usesTabs ? "\t" : String(repeating: " ", count: Int(size))
    guard let text = Formatter.text(of: document, indentation: indentation),
      Array(text.utf8) != document.bytes
    else { return [] }
    return [["range": document.range(of: 0..<document.bytes.count), "newText": .string(text)]]
  }
}
