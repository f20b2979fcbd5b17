import Foundation
import Testing

@testable import weir

@Suite struct StopSignalsTests {
  @Test(arguments: [SIGINT, SIGTERM])
  func `a signal is heard from the moment at which somebody listens`(code: Int32) async throws {
    await #expect(processExitsWith: .exitCode(3)) { [code] in
      let signals = StopSignals()
      kill(getpid(), code)
      await signals.first()
      exit(3)
    }
  }

  @Test func `all who listen hear each signal, with its number`() async {
    await #expect(processExitsWith: .exitCode(4)) {
      let first = StopSignals()
      let second = StopSignals { if $0 == 2 { exit(4) } }
      kill(getpid(), SIGINT)
      await first.first()
      kill(getpid(), SIGTERM)
      await second.first()
      await second.first()
      withExtendedLifetime(second) {}
    }
  }

  @Test func `while nobody listens a signal ends the program`() async {
    await #expect(processExitsWith: .signal(SIGINT)) {
      do {
        let signals = StopSignals()
        withExtendedLifetime(signals) {}
      }
      kill(getpid(), SIGINT)
      await withUnsafeContinuation { (_: UnsafeContinuation<Void, Never>) in }
    }
  }
}
