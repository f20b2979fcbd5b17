import Connectors
import Definitions
import Diagnostics
import OrderedJSON

/// Everything that is wrong with a flow of a project with one connection, `acs`; without a connector
/// its calls are not looked at.
enum FlowProblems {
  /// The connection `lost` has a connector that is not there.
  static func all(of text: String, _ connector: Connector?) -> [Diagnostic] {
    let read = FlowReader.read(name: "flow", file: "flow.json", bytes: Array(text.utf8))
    guard let flow = read.flow else { return read.diagnostics }
    guard let connector else {
      return (read.diagnostics + FlowValidator.problems(of: flow)).inOrder
    }
    let references = ["acs": connector.name, "lost": "not-there"]
    let calls = FlowConnectorCheck.problems(of: flow, references: references) { name in
      name == connector.name ? connector : nil
    }
    return (read.diagnostics + FlowValidator.problems(of: flow) + calls).inOrder
  }
}
