import Definitions
import OrderedJSON
import Runtime

/// One connection as people and scripts see it, without its secrets.
struct ConnectionOutput: Sendable {
  let session: Session

  private var context: Context { session.workspace.context }

  private var view: ConnectionView {
    ConnectionView { [connectors = session.workspace.connectors] in connectors.connector($0) }
  }

  /// A connection of the store.
  func json(_ entry: ConnectionBook.Entry) -> JSON { view.json(entry) }

  /// A connection of `connections.json`.
  func json(_ declaration: ConnectionDeclaration) -> JSON { view.json(declaration) }

  /// The limits that count, and where they come from.
  func limits(_ limit: ConnectionDeclaration.Limit, _ connector: Connector?) -> JSON {
    view.limits(limit, connector)
  }

  /// Prints one connection.
  func show(_ document: JSON) {
    guard !context.wantsJSON else {
      context.print(document)
      return
    }
    let rows = document.objectValue?.members.filter { $0.key != "parameters" } ?? []
    var lines = rows.map { "\(Self.padded($0.key))\(Self.text($0.value))" }
    for member in document["parameters"]?.objectValue?.members ?? [] {
      lines.append("\(Self.padded(member.key))\(Self.text(member.value))")
    }
    context.print(lines.joined(separator: "\n"))
  }

  private static func padded(_ name: String) -> String {
    name + String(repeating: " ", count: max(1, 15 - name.count))
  }

  static func text(_ value: JSON) -> String {
    switch value {
    case .null: "-"
    case .object(let object) where object["calls"] != nil:
      "\(object["calls"]?.text ?? "") calls in \(object["renewalPeriod"]?.text ?? "") s"
    default: value.stringValue ?? value.text
    }
  }
}
