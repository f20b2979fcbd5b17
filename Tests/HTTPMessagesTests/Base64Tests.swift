import HTTPMessages
import Testing

struct Base64Tests {
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="),
    ("foobar", "Zm9vYmFy"), ("ü", "w7w="),
  ])
  func `bytes and text convert both ways`(plain: String, encoded: String) {
    #expect(Base64.encode(plain) == encoded)
    #expect(Base64.decode(encoded) == Array(plain.utf8))
    #expect(Base64.decodeLeniently(encoded) == Array(plain.utf8))
  }

  @Test(arguments: [
    "Zg", "Zg=", "Zg===", "====", "=", "Zh==", "Zm9=", "Zm 9v", "Zm9v\n", "Zm-_", "Zg==Zg==",
    "Zmüv",
  ])
  func `text in any other spelling is refused`(_ text: String) {
    #expect(Base64.decode(text) == nil)
  }

  @Test func `the lenient reader ignores white space and stray bits`() {
    #expect(Base64.decodeLeniently(" Z m9v\r\nZh==") == Array("foof".utf8))
    #expect(Base64.decodeLeniently("Zm9") == nil)
    #expect(Base64.decodeLeniently("Zm-_") == nil)
  }

  @Test func `the alphabet for URLs has no padding and other signs`() {
    #expect(Base64.encodeURL([0xFB, 0xEF, 0xFE, 0xFF]) == "--_-_w")
    #expect(Base64.decodeURL("--_-_w") == [0xFB, 0xEF, 0xFE, 0xFF])
    #expect(Base64.decodeURL("++/+") == nil)
    #expect(Base64.decodeURL("_w==") == nil)
  }

  @Test func `every byte survives at every length`() {
    for count in 0..<300 {
      let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7) }
      #expect(Base64.decode(Base64.encode(bytes)) == bytes)
      #expect(Base64.decodeURL(Base64.encodeURL(bytes)) == bytes)
    }
  }
}
