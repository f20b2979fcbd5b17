import Definitions
import Diagnostics
import Foundation
import Synchronization

/// The connectors of a project: the folders under `definitions`.
final class ConnectorLibrary: Sendable {
  private let project: Project
  private let loaded = Mutex<[String: Connector?]>([:])

  init(project: Project) { self.project = project }

  /// The names of all connector folders.
  func names() -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: project.definitions)) ?? []
    return names.sorted().filter {
      ConnectorFolder.definition(in: "\(project.definitions)/\($0)") != nil
    }
  }

  /// A connector by the name of its folder; read once, `nil` when it is missing or unusable.
  func connector(_ name: String) -> Connector? {
    if let known = loaded.withLock({ $0[name] }) { return known }
    let path = "\(project.definitions)/\(name)"
    let files = try? ConnectorFolder.read(path, shownAs: project.shown(path))
    let connector = files.flatMap { ConnectorDecoder.decode($0).connector }
    loaded.withLock { $0[name] = connector }
    return connector
  }

  /// Reads connectors anew when they are asked for next.
  func forget() { loaded.withLock { $0.removeAll() } }

  /// A connector that a word on the command line names.
  ///
  /// - Throws: `CommandFailure` when there is none, or with the problems that make it unusable.
  func connector(named name: String) throws(CommandFailure) -> Connector {
    let path = "\(project.definitions)/\(name)"
    guard ConnectorFolder.definition(in: path) != nil else {
      let nearest = NearestName.suggestion(for: name, among: names())
      throw CommandFailure(
        .unknownConnector,
        "there is no connector '\(name)' in '\(project.shown(project.definitions))'",
        hint: nearest.map { "did you mean '\($0)'?" } ?? "'weir connector list' shows them",
        exitCode: .notFound
      )
    }
    let files = try ConnectorFolder.read(path, shownAs: project.shown(path))
    let (connector, diagnostics) = ConnectorDecoder.decode(files)
    guard let connector else { throw CommandFailure(diagnostics, .invalid) }
    return connector
  }
}
