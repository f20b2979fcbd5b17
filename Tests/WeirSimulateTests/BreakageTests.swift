import Testing

@testable import weir_simulate

/// Whatever is broken on purpose must be seen, or the checks prove nothing.
@Suite struct BreakageTests {
  @Test(arguments: [
    (Breakage.dropsAppend, Violation.Kind.lost), (.repeatsAppend, .doubled), (.changesEntry, .lost),
    (.forgetsFires, .firedTwice), (.widensGate, .overLimit), (.changesKey, .changedKey),
    (.sendsAgain, .sentAgain), (.reopensRun, .reopened), (.neverAnswers, .unended),
    (.logsSecret, .secret), (.replaysTwice, .replayedTwice), (.pollsAgain, .firedTwice),
    (.dropsReport, .unstarted), (.keepsMessages, .doubled), (.renewsTwice, .renewedTwice),
    (.changesAnswer, .wrongAnswer), (.tearsPages, .torn),
  ])
  func `what is broken on purpose is seen`(breakage: Breakage, kind: Violation.Kind) throws {
    for seed in 1...400 as ClosedRange<UInt64> {
      let violations = try World(seed: seed, breaking: breakage).play()
      if violations.contains(where: { $0.kind == kind }) { return }
    }
    Issue.record("\(breakage) was not seen in 400 seeds")
  }

  @Test func `every breakage is tried`() {
    #expect(Breakage.allCases.count == 17)
  }

  @Test func `without a breakage the same seeds are fine`() throws {
    for seed in 1...10 as ClosedRange<UInt64> {
      #expect(try World(seed: seed).play() == [])
    }
  }
}
