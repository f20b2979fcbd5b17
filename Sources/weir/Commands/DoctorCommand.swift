import CommandLineArguments
import Connectors
import Definitions
import Diagnostics
import Foundation
import OrderedJSON
import Runtime
import Seams

extension Command {
  static let doctor = Command(
    spec: CommandSpec("doctor", summary: "Check that flows of this project can run here")
  ) { context in
    let checks = try await Doctor(context).checks()
    if context.wantsJSON {
      context.print(.array(checks.map(\.json)))
    } else {
      for check in checks {
        context.print("\(check.isGood ? "✓" : "✗") \(check.name): \(check.finding)")
        if let advice = check.advice { context.print("    \(advice)") }
      }
    }
    return checks.allSatisfy(\.isGood) ? .success : .failure
  }
}

/// Looks at everything that a run needs.
private struct Doctor {
  struct Check {
    var name: String
    var isGood: Bool
    var finding: String
    var advice: String?

    var json: JSON {
      [
        "name": .string(name), "ok": .bool(isGood), "finding": .string(finding),
        "advice": advice.map { .string($0) } ?? .null,
      ]
    }
  }

  private let context: Context
  private let workspace: Workspace

  init(_ context: Context) throws(CommandFailure) {
    self.context = context
    workspace = try Workspace(context)
  }

  func checks() async throws(CommandFailure) -> [Check] {
    var checks = [connectors(), try flows()]
    do throws(CommandFailure) {
      let session = try await Session.open(context)
      checks.append(
        Check(
          name: "data folder",
          isGood: true,
          finding: workspace.project.shown(workspace.project.data)
        )
      )
      checks += try await connections(session)
      await session.close()
    } catch {
      let problem = error.diagnostics.first
      checks.append(
        Check(
          name: "data folder",
          isGood: false,
          finding: problem?.message ?? "",
          advice: problem?.hint
        )
      )
    }
    return checks
  }

  private func connectors() -> Check {
    let names = workspace.connectors.names()
    let broken = names.filter { workspace.connectors.connector($0) == nil }
    guard broken.isEmpty else {
      return Check(
        name: "connectors",
        isGood: false,
        finding: "\(broken.joined(separator: ", ")) cannot be loaded",
        advice: "weir connector validate definitions"
      )
    }
    return Check(
      name: "connectors",
      isGood: !names.isEmpty,
      finding: names.isEmpty ? "none in definitions/" : names.joined(separator: ", "),
      advice: names.isEmpty ? "run weir in a project folder, or name one with --project" : nil
    )
  }

  private func flows() throws(CommandFailure) -> Check {
    var broken: [String] = []
    let entries = workspace.flows.entries()
    for entry in entries
    where try workspace.problems(of: entry).contains(where: { $0.severity == .error }) {
      broken.append(entry.name)
    }
    return Check(
      name: "flows",
      isGood: broken.isEmpty,
      finding: broken.isEmpty
        ? "\(entries.count) valid" : "errors in \(broken.joined(separator: ", "))",
      advice: broken.isEmpty ? nil : "weir flow validate"
    )
  }

  private func connections(_ session: Session) async throws(CommandFailure) -> [Check] {
    var checks: [Check] = []
    for declaration in try ConnectionFile.read(workspace.project) {
      let name = "connection \(declaration.name)"
      do throws(Diagnostic) {
        let connection = try await session.connections.connection(declaration.name)
        var check = Check(
          name: name,
          isGood: true,
          finding: "has what \(declaration.connector) needs"
        )
        if let cloud = SovereignCloud(of: connection.values) {
          check.finding += ", in \(cloud.rawValue)"
          check.advice = "the vendor has no such connector there; see 'weir connector docs'"
        }
        checks.append(check)
      } catch {
        checks.append(Check(name: name, isGood: false, finding: error.message, advice: error.hint))
      }
    }
    return try await checks + stored(session)
  }

  /// What is known of the connections in the store, without calling anybody.
  private func stored(_ session: Session) async throws(CommandFailure) -> [Check] {
    try await ConnectionMaking(session: session).entries().map { entry in
      let status = entry.record?.status.rawValue ?? "cannot be opened with this key"
      return Check(
        name: "connection \(entry.record?.name ?? entry.key)",
        isGood: entry.record?.status == .connected,
        finding: status,
        advice: entry.record.flatMap {
          $0.status == .connected ? nil : "weir connection test \($0.name)"
        }
      )
    }
  }
}
