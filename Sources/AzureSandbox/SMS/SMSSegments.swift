/// In how many pieces a message goes over the air.
///
/// Source: Azure Communication fact sheet, section 4; 3GPP TS 23.038 section 6.2.1.
struct SMSSegments: Hashable, Sendable {
  enum Encoding: String, Sendable {
    case gsm7 = "GSM-7"
    case ucs2 = "UCS-2"
  }

  let encoding: Encoding
  let count: Int

  /// A part of a longer message has less room: a header takes 6 bytes of its 140.
  init(of message: String) {
    let scalars = message.unicodeScalars
    if scalars.allSatisfy({ Self.basic.contains($0) || Self.extended.contains($0) }) {
      encoding = .gsm7
      let septets = scalars.reduce(0) { $0 + (Self.extended.contains($1) ? 2 : 1) }
      count = Self.pieces(septets, alone: 160, joined: 153)
    } else {
      encoding = .ucs2
      count = Self.pieces(message.utf16.count, alone: 70, joined: 67)
    }
  }

  private static func pieces(_ length: Int, alone: Int, joined: Int) -> Int {
    length <= alone ? 1 : (length + joined - 1) / joined
  }

  private static let basic = Set(
    ("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
      + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà").unicodeScalars
  )
  private static let extended = Set("\u{0C}^{}\\[~]|€".unicodeScalars)
}
