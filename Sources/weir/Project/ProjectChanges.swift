import Seams

/// Tells again and again that files of a project were changed.
struct ProjectChanges {
  private let project: Project
  private let watch: FolderWatch?
  private let changes: AsyncStream<Void>

  init(_ project: Project) {
    self.project = project
    let (changes, signal) = AsyncStream.makeStream(
      of: Void.self,
      bufferingPolicy: .bufferingNewest(1)
    )
    self.changes = changes
    watch = FolderWatch { signal.yield() }
  }

  /// Calls back at once, and after every change, until the task is cancelled.
  ///
  /// - Throws: `CancellationError`.
  func forEach(_ body: () async -> Void) async throws {
    let clock = SystemClock()
    await body()
    watch?.watch(ProjectStamps(project).folders)
    for await _ in changes {
      // Editors and checkouts touch many files in a row.
      try await clock.pause(for: .milliseconds(100))
      watch?.watch(ProjectStamps(project).folders)
      await body()
    }
  }
}
