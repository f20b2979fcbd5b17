/// Durations as the workflow language writes them: `PT20S`, `P1D`, `PT1H30M`.
///
/// Source: ISO 8601-1 section 5.5.2; workflow language reference, section f.5.
package struct ISO8601Duration: Hashable, Sendable {
  package var years = 0
  package var months = 0
  package var days = 0
  /// The time part; fractions of a second are kept to 100 ns.
  package var time = Duration.zero

  /// Reads `P[nY][nM][nW][nD][T[nH][nM][n[.n]S]]`, units in this order; `nil` for other text.
  package init?(_ text: String) {
    var rest = Substring(text)
    guard rest.popFirst() == "P", !rest.isEmpty else { return nil }
    var inTime = false
    var hasPart = false
    var units: Substring = "YMWD"
    while let next = rest.first {
      if next == "T", !inTime {
        inTime = true
        units = "HMS"
        rest.removeFirst()
        guard !rest.isEmpty else { return nil }
        continue
      }
      let number = rest.prefix { $0.isASCII && ($0.isNumber || $0 == ".") }
      rest.removeFirst(number.count)
      guard let unit = rest.popFirst(), let place = units.firstIndex(of: unit),
        add(number, unit, inTime)
      else { return nil }
      units = units[units.index(after: place)...]
      hasPart = true
    }
    guard hasPart else { return nil }
  }

  /// The length when years count 365 and months 30 days, as limits and delays do.
  package var duration: Duration {
    .seconds((years * 365 + months * 30 + days) * 86_400) + time
  }

  private mutating func add(_ number: Substring, _ unit: Character, _ inTime: Bool) -> Bool {
    if unit == "S", inTime {
      guard let seconds = Double(number), seconds < 1e11 else { return false }
      time += Duration(ticks: Int64((seconds * 1e7).rounded()))
      return true
    }
    guard let value = Int(number), value < 1_000_000_000 else { return false }
    switch (unit, inTime) {
    case ("Y", false): years += value
    case ("M", false): months += value
    case ("W", false): days += 7 * value
    case ("D", false): days += value
    case ("H", true): time += .seconds(value * 3600)
    case ("M", true): time += .seconds(value * 60)
    default: return false
    }
    return true
  }
}
