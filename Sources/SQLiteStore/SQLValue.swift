import Timekeeping

/// One value bound to a placeholder.
enum SQLValue {
  case null
  case integer(Int64)
  case text(String)
  case blob([UInt8])

  /// NULL for `nil`.
  static func integer(_ number: Int64?) -> SQLValue { number.map(SQLValue.integer) ?? .null }

  /// NULL for `nil`.
  static func text(_ text: String?) -> SQLValue { text.map(SQLValue.text) ?? .null }

  /// Stored in ticks of 100 ns since 1970.
  static func time(_ time: Timestamp?) -> SQLValue { time.map { .integer($0.ticks) } ?? .null }

  /// NULL for `nil`.
  static func blob(_ bytes: [UInt8]?) -> SQLValue { bytes.map(SQLValue.blob) ?? .null }

  static func flag(_ flag: Bool) -> SQLValue { .integer(flag ? 1 : 0) }

  static func count(_ count: Int) -> SQLValue { .integer(Int64(count)) }
}
