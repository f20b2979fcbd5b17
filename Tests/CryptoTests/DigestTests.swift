import Crypto
import HTTPMessages
import Testing

struct DigestTests {
  @Test(arguments: try Vectors.cases("sha256"))
  func `SHA-256 gives the published digests`(_ vector: Vectors.Case) {
    #expect(SHA256.digest(vector.bytes("message")) == vector.bytes("digest"))
  }

  @Test(arguments: try Vectors.cases("hmac"))
  func `HMAC gives the published codes`(_ vector: Vectors.Case) {
    let code = HMACSHA256.code(key: vector.bytes("key"), message: vector.bytes("message"))
    #expect(code == vector.bytes("code"))
  }

  @Test func `the digests for pure code are the same functions`() {
    #expect(Digests.openSSL.sha256([1]) == SHA256.digest([1]))
    let code = Digests.openSSL.hmacSHA256([1], [2])
    #expect(code == HMACSHA256.code(key: [1], message: [2]))
  }

  @Test func `codes computed at the same time do not disturb each other`() async {
    await withTaskGroup { group in
      for number in UInt8(0)..<8 {
        group.addTask {
          let expected = HMACSHA256.code(key: [number], message: [number])
          for _ in 0..<200 {
            #expect(HMACSHA256.code(key: [number], message: [number]) == expected)
          }
        }
      }
    }
  }

  @Test func `comparison tells equal from different`() {
    #expect(ConstantTime.areEqual([], []))
    #expect(ConstantTime.areEqual([1, 2], [1, 2]))
    #expect(!ConstantTime.areEqual([1, 2], [1, 3]))
    #expect(!ConstantTime.areEqual([1, 2], [1, 2, 3]))
  }
}
