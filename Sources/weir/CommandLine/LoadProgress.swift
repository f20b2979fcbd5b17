/// Says on the note stream how far a load test is: each second on a terminal, else every ten.
struct LoadProgress: Sendable {
  private let context: Context
  private let count: Int

  init(_ context: Context, count: Int) {
    self.context = context
    self.count = count
  }

  /// Reports until cancelled.
  func report(on load: LoadTest) async {
    let start = ContinuousClock.now
    let isTerminal = context.console.noteIsTerminal
    var isShown = false
    while true {
      do { try await Task.sleep(for: .seconds(isTerminal ? 1 : 10)) } catch { break }
      let seconds = Int((ContinuousClock.now - start) / .seconds(1))
      let line = "  \(load.endedCount) of \(count) runs ended after \(seconds) s"
      context.note((isShown && isTerminal ? Self.back : "") + line)
      isShown = true
    }
    if isShown, isTerminal, !context.isQuiet { context.console.writeNote(Self.back) }
  }

  /// To the line above, cleared.
  private static let back = "\u{1B}[1A\u{1B}[J"
}
