import Connectors
import Definitions
import Diagnostics
import OrderedJSON

/// What is wrong with a document, as editors show it.
///
/// Source: Language Server Protocol 3.17, section PublishDiagnostics Notification.
enum Problems {
  static func items(in document: TextDocument, name: String, _ project: LanguageProject) -> [JSON] {
    all(document, name, project).map { item($0, document) }
  }

  private static func all(_ document: TextDocument, _ name: String, _ project: LanguageProject)
    -> [Diagnostic]
  {
    let (found, reading) = FlowReader.inspect(name: name, file: name, bytes: document.bytes)
    guard let flow = found else { return reading }
    let connections = project.connections()
    let references = Dictionary(connections.map { ($0.key.lowercased(), $0.value) }) { one, _ in one
    }
    let calls = FlowConnectorCheck.problems(
      of: flow,
      references: references,
      connector: project.connector
    )
    return (reading + FlowValidator.problems(of: flow) + calls + project.problems(flow)).inOrder
  }

  private static func item(_ diagnostic: Diagnostic, _ document: TextDocument) -> JSON {
    let location = diagnostic.location
    let range = document.bytes(
      line: location?.line ?? 1,
      column: location?.column ?? 1,
      length: location?.length ?? 1
    )
    let text = [diagnostic.message, diagnostic.hint].compactMap(\.self).joined(separator: "\n")
    return [
      "range": document.range(of: range),
      "severity": diagnostic.severity == .error ? 1 : 2,
      "code": .string(diagnostic.code.id),
      "source": "weir",
      "message": .string(text),
    ]
  }
}
