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
      // A key behind a passphrase, made for this test.
      """
      -----BEGIN ENCRYPTED PRIVATE KEY-----
      MIHsMFcGCSqGSIb3DQEFDTBKMCkGCSqGSIb3DQEFDDAcBAhpoxZLEoHK5wICCAAw
      DAYIKoZIhvcNAgkFADAdBglghkgBZQMEASoEEDrSNgX1mjtPt7ibspFGOXkEgZDU
      wmk4myFGyh+6bukcKiXOS5cwo+HrzGmMKr8WiAc/sLymUdqgFYuj8svmcaEMwFQa
      8Wyxi34TpEbGeej81wfbcXKTFEin1hHvL+aP3JqlCEc1ylx+zsHsS+croniz+Q7F
      /VyhXGVANCnCrqNF8a6WsSGyqArbQt/vsGmL2eJBb8l2zonzLF5nhQ4NHT5EYDg=
      -----END ENCRYPTED PRIVATE KEY-----
      """,
      // An RSA key of 1024 bits, made for this test.
      """
      -----BEGIN PRIVATE KEY-----
      MIICdQIBADANBgkqhkiG9w0BAQEFAASCAl8wggJbAgEAAoGBANZHCBqalvtpyTTT
      GYNifKpKjNaImQEueOkuMssrl6QrGq7rv82meKjulvtR+mwkFKjF04FhIo0iqsor
      5R3mjkoC34yw2IWEfSvS4W4i6/y7b/b7AVuyqu/wA1wGixHzHRxweYHchFH6W6+A
      BxMrXNqdU3VcIQPfrxD3n7DgaKX1AgMBAAECgYBUPYa1FtOGsdcVemyMV5rVRAvM
      h9VHPqLwYWY8s72hIAUUgcBdNDY5i9s1oMwH2cN5epSlR6/Stq9YXhtsPuju/W2W
      GepkoISUFOYjDJ2pwIV6PC68TGG5UDo394w0HrdvRI3I9SqHmIFtnyFAygfhyVha
      GGisim1vOFMtr9jnPQJBAPgcyIAjI4wq24R7QjGpt39OlHnvEwiD+DubSmvT7kOP
      hy7EnIY08IMvHS/7D4hbXfLqS0Zn+AjJ/5DGr+dEgfMCQQDdFuONmEt0vNI76oJb
      oEz7rG5XXth3dW9ViumI8r0T8MORe18aUmTIphO+Lah9yfoBayrF1wsc9Bg66rWm
      AEp3AkBuRCx/dh5oPuvMVxM2Cx04AO5PuoaU9EGwC/XpMgjkEbece1is9H4nbxrj
      pgpjKWf5e1L0+WPsVAm2h/bJK1MtAkAoFYBIKbZ0gc90AX6E8jlC3+5ZdN62Odpn
      nfndVHUnal1qwP1rHkkbf9DQiCKmO7pSC4YDvItNQowqEmfAowjdAkAHB6D+piVS
      fkJpCsqrOnTRG2I8oh+1sgCsX29yszkZEKm9MsKgKu/l1Vn2stHufWJNHuiZIOyL
      xJe59Sd2g1DD
      -----END PRIVATE KEY-----
      """,
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
