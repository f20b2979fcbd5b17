import HTTPMessages

/// Names a set of values without telling them.
enum Fingerprint {
  static func text(_ text: String, _ digests: Digests) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = digests.sha256(Array(text.utf8)).flatMap {
      [digits[Int($0 >> 4)], digits[Int($0 & 15)]]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
