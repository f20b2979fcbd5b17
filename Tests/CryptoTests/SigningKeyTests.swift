import Crypto
import Diagnostics
import Seams
import Testing

struct SigningKeyTests {
  private static let seed = DerivedEntropy(seed: [1], label: "keys")
  static let rsa = SigningKey.generate(.rs256, from: seed)
  static let curve = SigningKey.generate(.es256, from: seed)

  @Test(arguments: [(rsa, 256), (curve, 64)])
  func `a signature verifies for its message only`(_ key: SigningKey, _ length: Int) {
    let signature = key.signature(of: [1, 2, 3])
    #expect(signature.count == length)
    #expect(key.verifies(signature, of: [1, 2, 3]))
    #expect(!key.verifies(signature, of: [1, 2, 4]))
    var changed = signature
    changed[10] ^= 1
    #expect(!key.verifies(changed, of: [1, 2, 3]))
    #expect(!key.verifies([], of: [1, 2, 3]))
    #expect(!key.verifies(signature + [0], of: [1, 2, 3]))
  }

  @Test func `the same seed gives the same keys`() {
    let key = { SigningKey.generate(.rs256, from: DerivedEntropy(seed: [9], label: "k")) }
    #expect(key().signature(of: [5]) == key().signature(of: [5]))
    let curve = { SigningKey.generate(.es256, from: DerivedEntropy(seed: [9], label: "k")) }
    #expect(curve().verifies(curve().signature(of: [5]), of: [5]))
  }

  @Test func `other keys do not verify`() {
    let other = SigningKey.generate(.es256, from: DerivedEntropy(seed: [2], label: "k"))
    #expect(!other.verifies(Self.curve.signature(of: [1]), of: [1]))
    #expect(!Self.rsa.verifies(Self.curve.signature(of: [1]), of: [1]))
  }

  @Test(arguments: [rsa, curve])
  func `a token returns its claims`(_ key: SigningKey) throws {
    let header = Array(#"{"alg":"\#(key.algorithm.rawValue)","typ":"JWT"}"#.utf8)
    let claims = Array(#"{"sub":"ana"}"#.utf8)
    let token = JWT.encode(header: header, claims: claims, key: key)
    #expect(JWT.claims(of: token, signedBy: key) == claims)
    #expect(JWT.claims(of: token + "A", signedBy: key) == nil)
    #expect(JWT.claims(of: "x" + token, signedBy: key) == nil)
  }

  @Test(arguments: ["", "..", "a.b", "a.b.c.d", "e30.e30.", "eyJhbGciOiJub25lIn0.e30."])
  func `what is no signed token is refused`(_ token: String) {
    #expect(JWT.claims(of: token, signedBy: Self.curve) == nil)
  }

  @Test(
    arguments: [
      "", "nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
      // A P-384 key, made for this test: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384
      """
      -----BEGIN PRIVATE KEY-----
      MIG2AgEAMBAGByqGSM49AgEGBSuBBAAiBIGeMIGbAgEBBDCuIKOondpArxxx3UqY
      FDNLkHVceU3RPOrwtHWAziYlTq0i/GhpAGLeziNyZyQYwQ+hZANiAAQKeUu3mFkI
      lhO5cFQ6aax1Yqm2yNsGOGaWlRPjE89t9MszCPq8EQfX2AmdEAFDP9g7LjNXs1fH
      W6i8lBXrw+lfE0muzolah40+oU3pcUQdTz/esn7tcpHZ5ddjGjCoZMc=
      -----END PRIVATE KEY-----
      """,
    ]
  )
  func `PEM text without a fitting key is refused`(_ text: String) {
    let problem = #expect(throws: Diagnostic.self) { try SigningKey(pem: text) }
    #expect(problem?.code == .unusablePrivateKey)
  }

  @Test func `a P-256 key is read from PEM`() throws {
    let key = try SigningKey(
      pem: """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgSsV29XAk2wJppyhz
        BqignvzIzn+yJ6Evqx1iYhXM07qhRANCAARY8rNSG//FfsRfCpq/t508F+Civb1O
        JJ1rLJ+25AIVhU6/wojeSIOckmMuclwutYlOr3ekev+6JSnHMJKhhqPO
        -----END PRIVATE KEY-----
        """
    )
    #expect(key.algorithm == .es256)
    #expect(key.verifies(key.signature(of: [1]), of: [1]))
  }
}
