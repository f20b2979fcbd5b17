import Definitions
import Diagnostics
import Engine
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// Serves the flows of a project, and follows its files.
///
/// A version takes effect when nothing is wrong with it; until then the last good one stays, also
/// over restarts, and says why. Files that are gone for a moment, as when editors save, count as
/// there.
actor FlowWatch {
  let workspace: Workspace
  let environment: Environment
  let catalog: FlowCatalog
  private let connections: Connections?
  private var stamps = ProjectStamps()
  /// What the store says of the flows, by name in lower case.
  private var rows: [String: StoredFlow] = [:]
  /// Since when files are not there.
  private var missing: [String: Timestamp] = [:]
  private var references: [String: String] = [:]
  nonisolated let versions: FlowVersions

  /// A file that is not there for so long was removed.
  static let patience = Duration.seconds(2)
  /// How long to wait after a change for more of them.
  static let calm = Duration.milliseconds(200)
  /// How often to look when nothing seems to change.
  static let round = Duration.seconds(60)

  /// `connections` hears of changes of what is declared.
  init(
    workspace: Workspace,
    environment: Environment,
    catalog: FlowCatalog,
    versions: FlowVersions,
    connections: Connections? = nil
  ) {
    self.workspace = workspace
    self.environment = environment
    self.catalog = catalog
    self.versions = versions
    self.connections = connections
  }

  /// Puts every flow into the catalog: as its file has it, or as it last was without errors.
  ///
  /// - Throws: `StoreFailure` when the store cannot be read or written.
  func load() async throws(StoreFailure) {
    for row in try await environment.store.flows() { rows[row.name.lowercased()] = row }
    readShared()
    stamps = ProjectStamps(workspace.project)
    let present = Set(stamps.flows.keys.map { $0.lowercased() })
    for row in rows.values where !present.contains(row.name.lowercased()) {
      catalog.put(await versions.served(row, isPresent: false))
    }
    try await take(stamps.flows.map { FlowLibrary.Entry(name: $0.key, path: $0.value.path) })
  }

  /// Follows the files until the task is cancelled.
  func run() async {
    let alarm = Alarm(environment: environment)
    let watch = FolderWatch { alarm.ring() }
    while !Task.isCancelled {
      watch?.watch(stamps.folders)
      await alarm.sleep(for: missing.isEmpty ? Self.round : Self.patience)
      // Editors and checkouts touch many files in a row.
      try? await environment.clock.pause(for: Self.calm)
      if !Task.isCancelled { await look() }
    }
  }

  /// Looks at the files once, and serves what changed.
  func look() async {
    let found = ProjectStamps(workspace.project)
    let old = stamps
    let isShared = found.shared != old.shared
    if isShared { readShared() }
    let changed = found.flows.filter { name, file in
      isShared || missing[name] != nil || old.flows[name].map { $0 != file } ?? true
    }
    missing = missing.filter { found.flows[$0.key] == nil }
    do throws(StoreFailure) {
      try await take(changed.map { FlowLibrary.Entry(name: $0.key, path: $0.value.path) })
      stamps = found
    } catch {
      environment.log.write(.error, "flows.unsaved", [("why", error.message)])
      // The next look finds the same changes again.
      stamps.folders = found.folders
    }
    retire(old.flows.keys.filter { found.flows[$0] == nil } + missing.keys)
  }

  // MARK: Shared files

  /// Reads connections and connectors anew; a broken file keeps what there was.
  private func readShared() {
    workspace.connectors.forget()
    do throws(CommandFailure) {
      let declarations = try ConnectionFile.read(workspace.project)
      connections?.declare(declarations)
      references = workspace.references(declarations)
    } catch {
      report(error.diagnostics, of: "connections.json")
    }
  }

  // MARK: Changes

  /// Takes a thousand at a time, so that the plans of a large project are not held all at once.
  private func take(_ entries: [FlowLibrary.Entry]) async throws(StoreFailure) {
    for start in stride(from: 0, to: entries.count, by: 1000) {
      try await take(part: Array(entries[start..<min(start + 1000, entries.count)]))
    }
  }

  private func take(part entries: [FlowLibrary.Entry]) async throws(StoreFailure) {
    let judged = await judge(entries)
    let now = environment.clock.now()
    var served: [ServedFlow] = []
    var saved: [StoredFlow] = []
    var plans: [StoredPlan] = []
    for (entry, judgement) in judged {
      guard let version = judgement.version else {
        served.append(await broken(entry, judgement.problems))
        continue
      }
      let plan = version.prepared.stored
      let known = rows[entry.name.lowercased()]
      let isNew = known?.planHash != plan.hash
      let flow = ServedFlow(
        name: entry.name,
        planHash: plan.hash,
        triggers: version.triggers,
        changed: isNew ? now : known?.changed ?? now,
        isEnabled: enabled(entry.name),
        path: workspace.project.shown(entry.path),
        problems: judgement.problems
      )
      if isNew {
        saved.append(row(flow))
        plans.append(plan)
        note("flow.served", flow)
      }
      versions.keep(version.parameterValues, of: entry.name)
      served.append(flow)
    }
    if !saved.isEmpty { try await environment.store.saveFlows(saved, plans: plans) }
    for row in saved { rows[row.name.lowercased()] = row }
    for flow in served { catalog.put(flow) }
  }

  private func row(_ flow: ServedFlow) -> StoredFlow {
    StoredFlow(
      name: flow.name,
      planHash: flow.planHash,
      isEnabled: flow.isEnabled,
      changed: flow.changed
    )
  }

  /// What somebody decided; a file that was away comes back as it was.
  private func enabled(_ name: String) -> Bool {
    if let served = catalog.flow(name), served.path != nil, served.hasVersion {
      return served.isEnabled
    }
    return rows[name.lowercased()]?.isEnabled ?? true
  }

  /// The last good version with the reasons why there is no newer one.
  private func broken(_ entry: FlowLibrary.Entry, _ problems: [Diagnostic]) async -> ServedFlow {
    var flow: ServedFlow
    if let served = catalog.flow(entry.name), served.path != nil {
      flow = served
    } else if let row = rows[entry.name.lowercased()] {
      flow = await versions.served(row, isPresent: true)
    } else {
      flow = ServedFlow(
        name: entry.name,
        planHash: "",
        triggers: [],
        changed: environment.clock.now(),
        isEnabled: false,
        path: nil
      )
    }
    flow.path = workspace.project.shown(entry.path)
    flow.problems = problems
    report(problems.filter { $0.severity == .error }, of: entry.name)
    return flow
  }

  private func judge(_ entries: [FlowLibrary.Entry]) async
    -> [(FlowLibrary.Entry, FlowJudgement)]
  {
    let (workspace, references) = (workspace, references)
    return await entries.concurrentMap(width: 64) {
      ($0, FlowJudgement($0, workspace, references: references))
    }
  }

  /// Disables flows whose files are gone for good.
  private func retire(_ names: [String]) {
    let now = environment.clock.now()
    for name in names {
      guard let since = missing[name] else {
        missing[name] = now
        continue
      }
      guard now - since >= Self.patience || now < since else { continue }
      missing[name] = nil
      guard var flow = catalog.flow(name) else { continue }
      guard flow.hasVersion else {
        catalog.remove(name)
        continue
      }
      if flow.isEnabled != rows[name.lowercased()]?.isEnabled {
        rows[name.lowercased()]?.isEnabled = flow.isEnabled
      }
      flow.isEnabled = false
      flow.path = nil
      flow.problems = []
      catalog.put(flow)
      note("flow.removed", flow)
    }
  }

  // MARK: Telling

  private func note(_ event: String, _ flow: ServedFlow) {
    environment.log.write(.info, event, [("flow", flow.name)])
  }

  private func report(_ problems: [Diagnostic], of name: String) {
    guard let first = problems.first else { return }
    let place = first.location.map { "\($0.file):\($0.line):\($0.column)" } ?? ""
    environment.log.write(
      .warning,
      "flow.broken",
      [
        ("flow", name), ("place", place), ("code", first.code.id), ("why", first.message),
        ("problems", "\(problems.count)"),
      ]
    )
  }
}
