extension Timestamp {
  /// Reads `2026-11-20T21:15:00[.1234567][Z|±hh:mm]`, or a date alone; no zone means UTC.
  ///
  /// `nil` for other text.
  ///
  /// Source: RFC 3339 section 5.6.
  package init?(iso8601 text: String) {
    guard let time = ISO8601Reader.parse(text) else { return nil }
    self = time.timestamp
  }
}
