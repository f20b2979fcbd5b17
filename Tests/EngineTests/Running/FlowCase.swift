import Definitions
import Diagnostics
import Engine
import Fixtures
import OrderedJSON

/// One named case of a data file: a flow, what the world answers, and what must come of it.
///
/// `actions` (or a whole `definition`), `trigger`, `parameters`, `responses` by action, `inputs` at
/// points in time, and `expect`.
struct FlowCase: CustomStringConvertible, Sendable {
  let name: String
  let json: JSON

  init(_ json: JSON) {
    name = json["name"]?.stringValue ?? "unnamed"
    self.json = json
  }

  var description: String { name }

  static func cases(in file: String) throws -> [FlowCase] {
    (try Fixtures.json("EngineTests/Data/\(file).json").arrayValue ?? []).map(FlowCase.init)
  }

  var expectation: JSON { json["expect"] ?? [:] }

  /// The definition; a case that only lists actions gets a Request trigger.
  private var definition: JSON {
    if let definition = json["definition"] { return definition }
    var definition = JSONObject()
    definition["triggers"] = ["manual": ["type": "Request", "kind": "Http"]]
    for member in ["parameters", "actions", "outputs", "staticResults"] {
      definition[member] = json[member]
    }
    return .object(definition)
  }

  /// The plan of the case's flow.
  func plan() throws -> Plan {
    let read = FlowReader.read(name: "case", file: "case.json", bytes: definition.bytes)
    guard let flow = read.flow else { throw BadCase(name: name, problem: "no flow") }
    let (plan, diagnostics) = Planner.plan(flow)
    guard let plan else {
      throw BadCase(name: name, problem: diagnostics.map(\.message).joined(separator: "; "))
    }
    return plan
  }

  /// The values of the flow's parameters: `values` of the case, else the defaults.
  var parameters: JSONObject {
    var values = JSONObject()
    for member in definition["parameters"]?.objectValue?.members ?? [] {
      values[member.key] = json["values"]?[member.key] ?? member.value["defaultValue"] ?? .null
    }
    return values
  }
}

/// A case that cannot be run.
struct BadCase: Error, CustomStringConvertible {
  let name: String
  let problem: String

  var description: String { "\(name): \(problem)" }
}
