import Testing

@testable import Service

struct RepetitionNameTests {
  @Test func `indices have six digits and are joined by dashes`() {
    #expect(RepetitionName.text([0]) == "000000")
    #expect(RepetitionName.text([3, 12, 1_234_567]) == "000003-000012-1234567")
    #expect(RepetitionName.indices("000003-000012") == [3, 12])
  }

  @Test(arguments: [
    "", "0", "00000", "000000-", "-000000", "00000a", "-00001", "+00001", "0000000000", "０００００１",
    "000000--000001",
  ])
  func `anything else is no name of a repetition`(text: String) {
    #expect(RepetitionName.indices(text) == nil)
  }
}
