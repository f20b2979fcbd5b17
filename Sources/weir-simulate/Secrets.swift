/// The secrets of a simulation; all hold one word, so that one search finds any of them.
enum Secrets {
  static let word = "s3cr3tW0rd"
  static let setting = "\(word)InSetting"
  static let parameter = "\(word)InParameter"
  static let answer = "\(word)InAnswer"
  static let body = "\(word)InBody"

  private static let needle = Array(word.utf8)

  /// Whether a secret can be read in the bytes.
  static func shows(in bytes: [UInt8]) -> Bool {
    guard bytes.count >= needle.count else { return false }
    let first = needle[0]
    return bytes.withUnsafeBufferPointer { bytes in
      (0...bytes.count - needle.count).contains { place in
        bytes[place] == first && needle.indices.allSatisfy { bytes[place + $0] == needle[$0] }
      }
    }
  }

  static func shows(in text: String) -> Bool { shows(in: Array(text.utf8)) }
}
