internal import HTTPMessages

/// Writes the parts of a multipart message.
///
/// The boundary depends only on the content, so that the same request has the same bytes whenever
/// it is built.
///
/// Source: RFC 2046 section 5.1.
enum MultipartWriter {
  static func write(_ parts: [MultipartPart]) -> (boundary: String, body: [UInt8]) {
    let boundary = boundary(for: parts)
    var body: [UInt8] = []
    for part in parts {
      body += Array("--\(boundary)\r\n".utf8)
      for field in part.headers.fields {
        body += Array("\(field.name): \(field.value)\r\n".utf8)
      }
      body += Array("\r\n".utf8)
      body += part.body
      body += Array("\r\n".utf8)
    }
    body += Array("--\(boundary)--\r\n".utf8)
    return (boundary, body)
  }

  private static func boundary(for parts: [MultipartPart]) -> String {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for part in parts {
      for byte in part.body { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
      hash = (hash ^ 0xFF) &* 0x100_0000_01B3
    }
    var boundary = name(hash)
    while parts.contains(where: { contains($0.body, Array(boundary.utf8)) }) {
      hash = hash &* 0x100_0000_01B3 &+ 1
      boundary = name(hash)
    }
    return boundary
  }

  private static func name(_ hash: UInt64) -> String {
    let digits = String(hash, radix: 16)
    return "weir-" + String(repeating: "0", count: 16 - digits.count) + digits
  }

  private static func contains(_ bytes: [UInt8], _ needle: [UInt8]) -> Bool {
    guard bytes.count >= needle.count else { return false }
    return (0...bytes.count - needle.count).contains { start in
      bytes[start] == needle[0] && bytes[start..<start + needle.count].elementsEqual(needle)
    }
  }
}
