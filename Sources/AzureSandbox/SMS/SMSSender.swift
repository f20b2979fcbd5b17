/// Who an SMS message comes from.
///
/// Source: Azure Communication fact sheet, section 4.
enum SMSSender: Hashable, Sendable {
  case number(String)
  case shortCode(String)
  case alphanumeric(String)

  /// `nil` for a text that is none of the three.
  init?(_ text: String) {
    if E164.isNumber(text) {
      self = .number(text)
    } else if text.allSatisfy({ $0.isASCII && $0.isNumber }) {
      guard (5...6).contains(text.count) else { return nil }
      self = .shortCode(text)
    } else {
      guard (1...11).contains(text.count),
        text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == " ") })
      else { return nil }
      self = .alphanumeric(text)
    }
  }
}
