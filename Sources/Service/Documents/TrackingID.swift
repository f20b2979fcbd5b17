import Crypto
import Engine

/// A UUID for an action instance, the same whenever it is asked for.
///
/// Source: RFC 9562 section 5.8 (version 8); workflow language reference, section f.6.
enum TrackingID {
  static func text(_ run: RunID, _ action: String, _ indices: [Int]) -> String {
    let name = "\(run)/\(action)/\(RepetitionName.text(indices))"
    var bytes = Array(SHA256.digest(Array(name.utf8)).prefix(16))
    bytes[6] = bytes[6] & 0x0F | 0x80
    bytes[8] = bytes[8] & 0x3F | 0x80
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    for (index, byte) in bytes.enumerated() {
      if [4, 6, 8, 10].contains(index) { text.append(UInt8(ascii: "-")) }
      text += [digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }
    return String(decoding: text, as: UTF8.self)
  }
}
