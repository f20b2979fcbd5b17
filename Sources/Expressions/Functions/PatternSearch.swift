/// Finds a sequence of units inside another in linear time, however repetitive both are.
///
/// Source: Knuth, Morris and Pratt, "Fast Pattern Matching in Strings", 1977.
struct PatternSearch<Unit: Equatable> {
  let pattern: [Unit]
  /// For each prefix, the length of its longest proper suffix that starts the pattern.
  private let fallbacks: [Int]

  init(_ pattern: some Sequence<Unit>) {
    self.pattern = Array(pattern)
    fallbacks = Self.fallbacks(self.pattern)
  }

  private static func fallbacks(_ pattern: [Unit]) -> [Int] {
    var fallbacks = [Int](repeating: 0, count: pattern.count)
    var length = 0
    for index in pattern.indices.dropFirst() {
      while length > 0, pattern[index] != pattern[length] { length = fallbacks[length - 1] }
      if pattern[index] == pattern[length] { length += 1 }
      fallbacks[index] = length
    }
    return fallbacks
  }

  /// Where the pattern first occurs at or after an index; an empty pattern occurs everywhere.
  func firstIndex(in units: [Unit], from start: Int = 0) -> Int? {
    guard start + pattern.count <= units.count else { return nil }
    guard !pattern.isEmpty else { return start }
    return units.withUnsafeBufferPointer { units in
      var length = 0
      for index in start..<units.count {
        while length > 0, units[index] != pattern[length] { length = fallbacks[length - 1] }
        if units[index] == pattern[length] { length += 1 }
        if length == pattern.count { return index + 1 - length }
      }
      return nil
    }
  }

  /// Where the pattern occurs, also where occurrences overlap, at most so many times.
  func indexes(in units: [Unit], atMost limit: Int) -> [Int] {
    guard !pattern.isEmpty else { return Array((0...units.count).prefix(limit)) }
    var found: [Int] = []
    var length = 0
    for index in units.indices where found.count < limit {
      while length > 0, units[index] != pattern[length] { length = fallbacks[length - 1] }
      if units[index] == pattern[length] { length += 1 }
      if length == pattern.count {
        found.append(index + 1 - length)
        length = fallbacks[length - 1]
      }
    }
    return found
  }
}
