import Engine
import Testing

@Suite struct SecretTextsTests {
  @Test func `a secret is found wherever it stands`() {
    var texts = SecretTexts()
    texts.insert("tok-12345678")
    texts.insert("eyJhbGciOi.aaaaaaaa.bbbbbbbb")
    #expect(texts.areFound(in: "tok-12345678"))
    #expect(texts.areFound(in: "Bearer tok-12345678, please"))
    #expect(texts.areFound(in: "x=eyJhbGciOi.aaaaaaaa.bbbbbbbb"))
    #expect(!texts.areFound(in: "tok-1234567"))
    #expect(!texts.areFound(in: "12345678"))
    #expect(!texts.areFound(in: "eyJhbGciOi.aaaaaaaa.cbbbbbbb"))
    #expect(!texts.areFound(in: ""))
  }

  @Test func `texts that are too short to be told from others are not kept`() {
    var texts = SecretTexts()
    texts.insert("short")
    #expect(texts.isEmpty)
    #expect(!texts.areFound(in: "a short text"))
  }

  @Test func `a secret is found among thousands, whenever it was added`() {
    var texts = SecretTexts()
    for number in 0..<3000 {
      texts.insert("secret number \(number)")
      #expect(texts.areFound(in: "the secret number \(number)."))
    }
    #expect(texts.areFound(in: "a secret number 0 and more"))
    #expect(!texts.areFound(in: "secret number x"))
  }
}
