import Crypto
import Testing

struct Base64Tests {
  @Test(arguments: try Vectors.cases("base64"))
  func `bytes and text convert both ways`(_ vector: Vectors.Case) {
    #expect(Base64.encode(vector.bytes("bytes")) == vector.text("text"))
    #expect(Base64.decode(vector.text("text")) == vector.bytes("bytes"))
  }

  @Test(arguments: try Vectors.texts("notBase64"))
  func `text in any other spelling is refused`(_ text: String) {
    #expect(Base64.decode(text) == nil)
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
