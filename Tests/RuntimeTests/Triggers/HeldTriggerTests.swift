import Seams
import Testing
import Timekeeping

@testable import Runtime

@Suite struct HeldTriggerTests {
  private static let digest = String(repeating: "0123456789abcdef", count: 4)

  private static func row(_ fingerprint: String) -> StoredTrigger {
    StoredTrigger(
      flow: "Zähler",
      trigger: "every_day_at_noon",
      fingerprint: fingerprint,
      enabled: Timestamp(seconds: 5),
      isPaused: true,
      due: Timestamp(seconds: 9),
      last: .distantPast,
      sealed: [1, 2]
    )
  }

  @Test(arguments: [
    digest, digest.uppercased(), String(repeating: "f", count: 64),
    String(repeating: "0", count: 64),
    "", "abc", digest + "0", String(digest.dropLast()), "+" + digest.dropFirst(),
    String(repeating: "ä", count: 32),
  ])
  func `a row comes back as it was`(fingerprint: String) {
    var row = Self.row(fingerprint)
    #expect(HeldTrigger(row).stored == row)
    (row.due, row.last, row.sealed) = (nil, nil, nil)
    #expect(HeldTrigger(row).stored == row && HeldTrigger(row).due == nil)
  }

  @Test func `a changed row keeps what the book notes beside it`() {
    var held = HeldTrigger(Self.row(Self.digest))
    (held.isBusy, held.failures, held.version, held.sibling) = (true, 3, 7, 12)
    held.stored = Self.row("other")
    #expect(held.stored == Self.row("other"))
    #expect(held.isBusy && held.failures == 3 && held.version == 7 && held.sibling == 12)
  }

  @Test func `a hundred thousand entries take little memory`() {
    #expect(MemoryLayout<HeldTrigger?>.stride <= 128)
  }
}
