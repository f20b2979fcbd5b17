import Crypto
import Engine
import Seams

/// A UUID for an action instance, the same whenever it is asked for.
///
/// Source: RFC 9562 section 5.8 (version 8); workflow language reference, section f.6.
enum TrackingID {
  static func text(_ run: RunID, _ action: String, _ indices: [Int]) -> String {
    let name = "\(run)/\(action)/\(RepetitionName.text(indices))"
    return UUIDText.text(SHA256.digest(Array(name.utf8)), version: 8)
  }
}
