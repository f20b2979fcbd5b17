import Foundation

/// Which files of a project there are, and by what it shows that one was changed.
struct ProjectStamps: Equatable, Sendable {
  /// What a file system says of a file without reading it.
  struct Stamp: Hashable, Sendable {
    var size: Int64
    /// Nanoseconds since 1970.
    var changed: Int64
    var inode: UInt64

    init?(_ path: String) {
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
      size = Int64(status.st_size)
      changed = Int64(status.st_mtim.tv_sec) * 1_000_000_000 + Int64(status.st_mtim.tv_nsec)
      inode = UInt64(status.st_ino)
    }
  }

  /// Flow files by the name of their flow.
  var flows: [String: (path: String, stamp: Stamp)] = [:]
  /// What all flows depend on: connections, parameters and connectors, by path.
  var shared: [String: Stamp] = [:]
  /// The folders in which a change shows.
  var folders: [String] = []

  static func == (left: Self, right: Self) -> Bool {
    left.shared == right.shared && left.flows.count == right.flows.count
      && left.flows.allSatisfy { name, file in
        right.flows[name].map { $0 == file } ?? false
      }
  }

  init() {}

  /// Looks at a project.
  init(_ project: Project) {
    folders = [project.root, project.flows]
    for entry in FlowLibrary(project: project).entries() {
      guard let stamp = Stamp(entry.path) else { continue }
      flows[entry.name] = (entry.path, stamp)
      let folder = (entry.path as NSString).deletingLastPathComponent
      if folder != project.flows { folders.append(folder) }
    }
    for name in ["connections.json", "parameters.json"] {
      for folder in [project.flows, project.root] { note("\(folder)/\(name)") }
    }
    folders.append(project.definitions)
    for name in Self.names(in: project.definitions) {
      let folder = "\(project.definitions)/\(name)"
      let files = Self.names(in: folder).filter { $0.hasSuffix(".json") }
      for file in files { note("\(folder)/\(file)") }
      if !files.isEmpty { folders.append(folder) }
    }
  }

  private mutating func note(_ path: String) {
    if let stamp = Stamp(path) { shared[path] = stamp }
  }

  private static func names(in folder: String) -> [String] {
    (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
  }
}
