import OrderedJSON

/// The secrets of a simulation; all hold one word, so that one search finds any of them.
enum Secrets {
  static let word = "s3cr3tW0rd"
  static let setting = "\(word)InSetting"
  static let parameter = "\(word)InParameter"
  static let answer = "\(word)InAnswer"
  static let body = "\(word)InBody"

  private static let needle = Array(word.utf8)
  /// How far a search may go on when the needle ends at this byte and does not stand there.
  private static let strides: [Int] = {
    var strides = Array(repeating: needle.count, count: 256)
    for (place, byte) in needle.dropLast().enumerated() {
      strides[Int(byte)] = needle.count - 1 - place
    }
    return strides
  }()

  /// Whether a secret can be read in the bytes.
  ///
  /// Source: the search of Boyer, Moore and Horspool.
  static func shows(in bytes: [UInt8]) -> Bool {
    bytes.withUnsafeBufferPointer(shows)
  }

  static func shows(in text: String) -> Bool {
    text.utf8.withContiguousStorageIfAvailable(shows) ?? shows(in: Array(text.utf8))
  }

  /// Whether a secret can be read in a text or the name of a member.
  static func shows(in value: JSON) -> Bool {
    switch value {
    case .string(let text): shows(in: text)
    case .array(let elements): elements.contains(where: shows)
    case .object(let object):
      object.members.contains { shows(in: $0.key) || shows(in: $0.value) }
    case .null, .bool, .integer, .decimal, .double: false
    }
  }

  private static func shows(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    let (needle, strides) = (needle, strides)
    var end = needle.count
    while end <= bytes.count {
      let last = bytes[end - 1]
      if last == needle[needle.count - 1],
        bytes[(end - needle.count)..<end].elementsEqual(needle)
      {
        return true
      }
      end += strides[Int(last)]
    }
    return false
  }
}
