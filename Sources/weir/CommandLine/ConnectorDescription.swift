import Connectors
import Definitions
import OrderedJSON

/// Describes connectors and operations for `connector show`.
enum ConnectorDescription {
  static func connector(_ connector: Connector) -> JSON {
    var object = JSONObject()
    object["name"] = .string(connector.name)
    object["title"] = .string(connector.summary.title)
    object["description"] = connector.summary.description.map { .string($0) } ?? .null
    object["throttling"] =
      connector.runtime.throttling.map {
        [
          "calls": .integer(Int64($0.calls)),
          "renewalPeriod": .double($0.renewalPeriod / .seconds(1)),
        ]
      } ?? .null
    object["shareable"] = .bool(connector.runtime.isShareable)
    object["connectionParameters"] = .array(connector.parameterSets.map(parameterSet))
    object["operations"] = .array(
      connector.operations.map { operation in
        [
          "operationId": .string(operation.id), "title": .string(operation.title),
          "method": .string(operation.method), "path": .string(operation.path.text),
          "trigger": .bool(operation.trigger != nil),
        ]
      }
    )
    return .object(object)
  }

  private static func parameterSet(_ set: ConnectionParameterSet) -> JSON {
    [
      "name": .string(set.name),
      "parameters": .array(
        set.parameters.filter { !$0.isHidden }.map { parameter in
          [
            "key": .string(parameter.key), "title": .string(parameter.title),
            "type": .string(parameter.kind.rawValue), "required": .bool(parameter.isRequired),
          ]
        }
      ),
    ]
  }

  static func operation(_ operation: ConnectorOperation, of connector: Connector) -> JSON {
    [
      "operationId": .string(operation.id),
      "title": .string(operation.title),
      "description": operation.description.map { .string($0) } ?? .null,
      "method": .string(operation.method),
      "path": .string(operation.path.text),
      "parameters": .array(ParameterRows.rows(of: operation, resolver: connector.schemas).map(row)),
      "returns": .array(returns(operation, connector)),
    ]
  }

  private static func row(_ row: ParameterRows.Row) -> JSON {
    [
      "name": .string(row.name), "key": .string(row.flowKey), "required": .bool(row.isRequired),
      "type": .string(row.type), "description": .string(row.description),
    ]
  }

  private static func returns(_ operation: ConnectorOperation, _ connector: Connector) -> [JSON] {
    guard let schema = operation.outputSchema else { return [] }
    let resolved = JSON.object(connector.schemas.resolve(schema))
    return ReturnRows(definition: resolved, resolver: connector.schemas).cells.map { cells in
      [
        "name": .string(cells[0]), "path": .string(cells[1]), "type": .string(cells[2]),
        "description": .string(cells[3]),
      ]
    }
  }

  // MARK: Text

  static func text(ofConnector document: JSON) -> String {
    var lines = ["\(document["name"]?.shownText ?? ""): \(document["title"]?.shownText ?? "")"]
    if let throttling = document["throttling"], !throttling.isNull {
      let period = Int(throttling["renewalPeriod"]?.doubleValue ?? 0)
      lines.append(
        "\(throttling["calls"]?.shownText ?? "") calls per \(period) s for each connection"
      )
    }
    let rows = (document["operations"]?.arrayValue ?? []).map { operation in
      ["operationId", "title"].map { operation[$0]?.shownText ?? "" }
        + ["\(operation["method"]?.shownText ?? "") \(operation["path"]?.shownText ?? "")"]
    }
    return (lines + ["", TextTable.text(["OPERATION", "TITLE", "REQUEST"], rows)])
      .joined(separator: "\n")
  }

  static func text(ofOperation document: JSON) -> String {
    let title = document["title"]?.shownText ?? ""
    let request = "\(document["method"]?.shownText ?? "") \(document["path"]?.shownText ?? "")"
    let parameters = (document["parameters"]?.arrayValue ?? []).map { row in
      [
        row["key"]?.shownText ?? "", row["required"] == true ? "required" : "",
        row["type"]?.shownText ?? "", row["description"]?.shownText ?? "",
      ]
    }
    let returns = (document["returns"]?.arrayValue ?? []).map { row in
      [
        row["path"]?.shownText ?? "", row["type"]?.shownText ?? "",
        row["description"]?.shownText ?? "",
      ]
    }
    var lines = ["\(document["operationId"]?.shownText ?? ""): \(title)", request]
    if let description = document["description"]?.stringValue { lines += ["", description] }
    if !parameters.isEmpty {
      lines += ["", TextTable.text(["PARAMETER", "", "TYPE", "DESCRIPTION"], parameters)]
    }
    if !returns.isEmpty {
      lines += ["", TextTable.text(["RETURNS", "TYPE", "DESCRIPTION"], returns)]
    }
    return lines.joined(separator: "\n")
  }
}
