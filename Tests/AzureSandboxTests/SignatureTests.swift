import Crypto
import Fixtures
import HTTPMessages
import Testing
import Timekeeping

@testable import AzureSandbox

struct SignatureTests {
  @Test(arguments: try SignatureCase.ours())
  func `the check says what the case expects`(_ example: SignatureCase) {
    #expect(example.verified() == example.outcome)
  }

  @Test(arguments: try SignatureCase.reference())
  func `the gathered examples hold`(_ example: SignatureCase) {
    #expect(example.verified() == example.outcome)
  }

  @Test func `all gathered examples are read where they are at hand`() throws {
    let isHere = Fixtures.reference("golden/azure-communication-hmac.json") != nil
    #expect(try SignatureCase.reference().count == (isHere ? 23 : 0))
  }

  @Test(arguments: [(-301, false), (-300, true), (0, true), (300, true), (301, false)])
  func `the clock may differ by five minutes`(_ seconds: Int64, _ isAccepted: Bool) throws {
    let example = try #require(try SignatureCase.ours().first)
    let moved = SignatureCase(
      testDescription: "",
      request: example.request,
      outcome: .signed,
      keys: example.keys,
      now: Timestamp(ticks: example.now.ticks + seconds * Timestamp.ticksPerSecond)
    )
    #expect((moved.verified() == .signed) == isAccepted)
  }

  @Test func `deviant signatures are refused when that is wanted`() throws {
    let examples = try SignatureCase.ours().filter {
      if case .quirk = $0.outcome { true } else { false }
    }
    #expect(!examples.isEmpty)
    for example in examples {
      let verifier = SignatureVerifier(
        digests: .openSSL,
        clockMargin: .seconds(300),
        acceptsQuirks: false
      )
      #expect(throws: Problem.self) {
        try verifier.verify(example.request, keys: example.keys, at: example.now)
      }
    }
  }

  @Test func `a refusal names the string to sign and never a key`() throws {
    let example = try #require(
      try SignatureCase.ours().first { $0.testDescription == "query left out" }
    )
    let verifier = SignatureVerifier(
      digests: .openSSL,
      clockMargin: .seconds(300),
      acceptsQuirks: true
    )
    let problem = #expect(throws: Problem.self) {
      try verifier.verify(example.request, keys: example.keys, at: example.now)
    }
    let date = "Mon, 02 Mar 2026 08:09:10 GMT"
    let hash = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
    #expect(
      problem?.refusal?.expectedStringToSign
        == "POST\n/identities?api-version=2023-10-01\n\(date);127.0.0.1:7080;\(hash)"
    )
    #expect(problem?.response.body.isEmpty == false)
  }
}
