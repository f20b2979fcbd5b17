import Diagnostics

/// Tells again and again that files of a project were changed.
struct ProjectChanges: Sendable {
  enum Scope: Sendable {
    /// Flows, and what all flows depend on.
    case flows
    /// Tests and recordings too, wherever they lie in the folders of the flows.
    case everything
  }

  let project: Project
  let scope: Scope
  /// Something in one of the folders changed, perhaps.
  let signals: AsyncStream<Void>
  /// Gets the folders in which a change shows.
  let watch: @Sendable ([String]) -> Void
  /// Waits for more changes: editors and checkouts touch many files in a row.
  var settle: @Sendable () async -> Void = { try? await Task.sleep(for: .milliseconds(100)) }

  /// Calls back at once, and after every change, until there are no more signals.
  func forEach(_ body: @Sendable () async -> Void) async {
    var known = ProjectStamps(project)
    watch(known.folders)
    await body()
    for await _ in signals {
      await settle()
      let found = ProjectStamps(project)
      guard scope == .everything || found != known else { continue }
      known = found
      watch(known.folders)
      await body()
    }
  }
}

extension ProjectChanges {
  /// Calls back at once, and after every change, until Ctrl-C.
  ///
  /// - Throws: `CommandFailure` when the system watches no more folders.
  static func follow(
    _ scope: Scope,
    _ context: Context,
    _ body: @escaping @Sendable () async -> Void
  ) async throws(CommandFailure) -> ExitCode {
    let (signals, source) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    guard let folders = FolderWatch(onChange: { source.yield() }) else {
      throw CommandFailure(
        .unreadableFile,
        "the system watches no more folders",
        hint: "end other programs that watch files, or raise fs.inotify.max_user_instances",
        exitCode: .failure
      )
    }
    let changes = ProjectChanges(
      project: Project(context),
      scope: scope,
      signals: signals,
      watch: { folders.watch($0) }
    )
    await withTaskGroup { group in
      group.addTask {
        await StopSignals().first()
        source.finish()
      }
      await changes.forEach {
        await body()
        context.note("waiting for changes; Ctrl-C ends")
      }
      group.cancelAll()
    }
    return .success
  }
}
