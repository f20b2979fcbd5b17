import Diagnostics
package import OrderedJSON

/// A language server for flows: messages in, messages out, with no stream and no clock of its own.
///
/// Source: Language Server Protocol 3.17.
package struct LanguageServer: Sendable {
  package let project: LanguageProject
  private let version: String
  private(set) var documents: [String: TextDocument] = [:]
  private var state = State.new

  enum State {
    case new
    case running
    /// The client asked for the end.
    case stopped
  }

  /// What the process ends with; `nil` while it goes on.
  package private(set) var exitCode: Int32?

  package init(project: LanguageProject, version: String) {
    self.project = project
    self.version = version
  }

  /// Takes one message in; returns the answers and notices that it leads to.
  package mutating func handle(_ bytes: [UInt8]) -> [JSON] {
    do throws(JSONParseError) {
      return handle(try JSON(parsing: bytes))
    } catch {
      return [Self.failure(.null, .parseError, error.message)]
    }
  }

  package mutating func handle(_ message: JSON) -> [JSON] {
    guard message.objectValue != nil else {
      return [Self.failure(.null, .invalidRequest, "a message is one JSON object")]
    }
    let id = message["id"]
    guard let method = message["method"]?.stringValue else {
      // An answer to something that was never asked.
      let isAnswer = message["result"] != nil || message["error"] != nil
      return isAnswer
        ? [] : [Self.failure(id ?? .null, .invalidRequest, "the message has no 'method'")]
    }
    let parameters = message["params"] ?? .null
    guard let id, !id.isNull else { return notice(method, parameters) }
    do throws(ResponseFailure) {
      return [["jsonrpc": "2.0", "id": id, "result": try answer(method, parameters)]]
    } catch {
      return [Self.failure(id, error.code, error.message)]
    }
  }

  /// The answer to bytes that are no message.
  package static func complaint(_ what: String) -> JSON { failure(.null, .parseError, what) }

  private static func failure(_ id: JSON, _ code: ResponseFailure.Code, _ message: String) -> JSON {
    [
      "jsonrpc": "2.0", "id": id,
      "error": ["code": .integer(code.rawValue), "message": .string(message)],
    ]
  }

  // MARK: Life

  private mutating func answer(_ method: String, _ parameters: JSON) throws(ResponseFailure) -> JSON
  {
    switch (state, method) {
    case (.new, "initialize"):
      state = .running
      return Self.capabilities(version)
    case (.new, _):
      throw ResponseFailure(.notInitialized, "'\(method)' comes before 'initialize'")
    case (.running, "shutdown"):
      state = .stopped
      return .null
    case (.running, "initialize"):
      throw ResponseFailure(.invalidRequest, "'initialize' came before")
    case (.running, _): return try feature(method, parameters)
    case (.stopped, _):
      throw ResponseFailure(.invalidRequest, "'\(method)' comes after 'shutdown'")
    }
  }

  private mutating func notice(_ method: String, _ parameters: JSON) -> [JSON] {
    if method == "exit" {
      exitCode = state == .stopped ? 0 : 1
      return []
    }
    guard state == .running else { return [] }
    let identifier = parameters["textDocument"] ?? .null
    let uri = identifier["uri"]?.stringValue ?? ""
    switch method {
    case "textDocument/didOpen":
      guard !uri.isEmpty else { return [] }
      documents[uri] = TextDocument(
        uri: uri,
        version: identifier["version"]?.integerValue ?? 0,
        text: identifier["text"]?.stringValue ?? ""
      )
      return problems(of: uri)
    case "textDocument/didChange":
      let changes = parameters["contentChanges"]?.arrayValue ?? []
      guard var document = documents[uri] else { return [] }
      let version = identifier["version"]?.integerValue ?? document.version
      document.apply(changes, version: version)
      documents[uri] = document
      return problems(of: uri)
    case "textDocument/didClose":
      return documents.removeValue(forKey: uri) == nil ? [] : [Self.publish(uri, nil, [])]
    case "textDocument/didSave", "workspace/didChangeWatchedFiles":
      return documents.keys.sorted().flatMap { problems(of: $0) }
    default: return []
    }
  }

  private func problems(of uri: String) -> [JSON] {
    guard let document = documents[uri], Self.isFlow(uri) else { return [] }
    let name = OpenFlow.name(uri)
    let items = Problems.items(in: document, name: name, project)
    return [Self.publish(uri, document.version, items)]
  }

  private static func publish(_ uri: String, _ version: Int64?, _ items: [JSON]) -> JSON {
    var parameters: JSONObject = ["uri": .string(uri), "diagnostics": .array(items)]
    parameters["version"] = version.map { .integer($0) }
    return [
      "jsonrpc": "2.0", "method": "textDocument/publishDiagnostics", "params": .object(parameters),
    ]
  }

  /// The name of the flow in a document.
  package static func flowName(_ uri: String) -> String { OpenFlow.name(uri) }

  /// A JSON file below a folder `flows`, apart from settings and tests, or what exports call a flow.
  static func isFlow(_ uri: String) -> Bool {
    let parts = uri.split(separator: "/").map(String.init)
    let file = parts.last ?? ""
    if ["workflow.json", "definition.json"].contains(file) { return true }
    let isOther = file == "connections.json" || file == "parameters.json"
    return parts.dropLast().contains("flows") && file.hasSuffix(".json") && !isOther
      && !file.hasSuffix(".test.json")
  }
}
