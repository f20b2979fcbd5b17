/// Checks flows whenever a file that they depend on changes.
struct ValidationLoop: Sendable {
  let project: Project
  /// Waits for more changes, since editors touch files several times.
  var settle: @Sendable () async -> Void = { try? await Task.sleep(for: .milliseconds(100)) }

  /// Checks at once, and again after each change, until the changes end.
  ///
  /// - Parameters:
  ///   - changes: Something in one of the folders changed, perhaps.
  ///   - check: Gets the folders that matter now.
  func run(_ changes: AsyncStream<Void>, check: @Sendable ([String]) -> Void) async {
    var known = ProjectStamps(project)
    check(known.folders)
    for await _ in changes {
      await settle()
      let found = ProjectStamps(project)
      guard found != known else { continue }
      known = found
      check(known.folders)
    }
  }
}
