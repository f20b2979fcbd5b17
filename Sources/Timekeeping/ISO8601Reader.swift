/// Reads times in ISO 8601 quickly.
///
/// Source: ISO 8601-1 section 5.4; RFC 3339 section 5.6.
enum ISO8601Reader {
  /// Reads `yyyy-MM-dd`, optionally `T` or a space with `HH:mm[:ss[.f]]` and `Z` or an offset;
  /// `nil` for other text.
  static func parse(_ text: String) -> DateTime? {
    var text = text
    return text.withUTF8 { bytes in
      var reader = Reader(bytes: bytes)
      return reader.time()
    }
  }

  private struct Reader {
    let bytes: UnsafeBufferPointer<UInt8>
    var position = 0
    /// Whether the eighth digit of the fraction rounds up.
    var roundsUp = false

    mutating func time() -> DateTime? {
      guard let year = number(4), take("-"), let month = number(2), take("-"),
        let day = number(2)
      else { return nil }
      var civil = CivilTime(year: year, month: month, day: day)
      if position == bytes.count { return DateTime(civil, kind: .unspecified) }
      guard take("T") || take(" "), clock(&civil) else { return nil }
      return zone(civil)?.adding(ticks: roundsUp ? 1 : 0)
    }

    private mutating func clock(_ civil: inout CivilTime) -> Bool {
      guard let hour = number(2), take(":"), let minute = number(2) else { return false }
      (civil.hour, civil.minute) = (hour, minute)
      guard take(":") else { return true }
      guard let second = number(2) else { return false }
      civil.second = second
      guard take(".") else { return true }
      return fraction(&civil)
    }

    /// Rounds to seven digits.
    private mutating func fraction(_ civil: inout CivilTime) -> Bool {
      var scale = 1_000_000
      let start = position
      while let digit = digit() {
        if scale > 0 { civil.tick += digit * scale }
        if position == start + 8 { roundsUp = digit >= 5 }
        scale /= 10
      }
      return position > start
    }

    private mutating func zone(_ civil: CivilTime) -> DateTime? {
      if position == bytes.count { return DateTime(civil, kind: .unspecified) }
      if take("Z") { return position == bytes.count ? DateTime(civil, kind: .utc) : nil }
      let isWest = take("-")
      guard isWest || take("+"), let hours = number(2) else { return nil }
      _ = take(":")
      guard let minutes = number(2), position == bytes.count, minutes < 60, hours <= 14,
        let local = DateTime(civil, kind: .utc)
      else { return nil }
      let offset = Int64(hours * 60 + minutes) * 600_000_000
      return local.adding(ticks: isWest ? offset : -offset)
    }

    private mutating func number(_ width: Int) -> Int? {
      guard position + width <= bytes.count else { return nil }
      var value = 0
      for _ in 0..<width {
        guard let digit = digit() else { return nil }
        value = value * 10 + digit
      }
      return value
    }

    private mutating func digit() -> Int? {
      guard position < bytes.count, (0x30...0x39).contains(bytes[position]) else { return nil }
      position += 1
      return Int(bytes[position - 1]) - 0x30
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
      guard position < bytes.count, UInt32(bytes[position]) == character.value else {
        return false
      }
      position += 1
      return true
    }
  }
}
