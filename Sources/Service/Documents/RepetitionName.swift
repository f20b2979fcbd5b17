/// The name of an iteration: its indices, outermost first, each of six digits, joined by dashes.
///
/// Source: workflow language reference, section (g).
enum RepetitionName {
  static func text(_ indices: [Int]) -> String {
    indices.map { index in
      let digits = String(index)
      return String(repeating: "0", count: max(0, 6 - digits.count)) + digits
    }.joined(separator: "-")
  }

  /// The indices; `nil` for anything else.
  static func indices(_ text: String) -> [Int]? {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let indices = parts.compactMap { part -> Int? in
      guard (6...9).contains(part.utf8.count), part.utf8.allSatisfy({ (48...57).contains($0) })
      else { return nil }
      return Int(part)
    }
    return indices.count == parts.count ? indices : nil
  }
}
