/// Texts that must not be seen in the clear, found again inside longer texts.
///
/// A text is recognised by its last eight bytes, so that a search costs a few steps per byte
/// however many secrets there are; unlike the first ones, they differ from token to token.
package struct SecretTexts: Equatable, Sendable {
  /// Shorter texts are found in anything and would hide everything.
  package static let minimumLength = 8

  private var secrets: [UInt64: [[UInt8]]] = [:]
  /// One bit for each hash of eight bytes that a secret ends with.
  private var filter: [UInt64] = []

  package init() {}

  package var isEmpty: Bool { secrets.isEmpty }

  package mutating func insert(_ text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count >= Self.minimumLength else { return }
    var window: UInt64 = 0
    for byte in bytes.suffix(8) { window = window << 8 | UInt64(byte) }
    guard secrets[window]?.contains(bytes) != true else { return }
    secrets[window, default: []].append(bytes)
    // A run with a few secrets must not carry the filter of one with thousands.
    let size = secrets.count < 128 ? 64 : 1024
    guard filter.count == size else {
      filter = Array(repeating: 0, count: size)
      for window in secrets.keys { note(window) }
      return
    }
    note(window)
  }

  private mutating func note(_ window: UInt64) {
    let bit = bit(window)
    filter[bit >> 6] |= 1 << UInt64(bit & 63)
  }

  /// Whether one of the secrets stands somewhere in the text.
  package func areFound(in text: String) -> Bool {
    guard !isEmpty, text.utf8.count >= Self.minimumLength else { return false }
    var text = text
    return text.withUTF8 { isFound(in: $0) }
  }

  private func isFound(in bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    filter.withUnsafeBufferPointer { filter in
      var window: UInt64 = 0
      for end in bytes.indices {
        window = window << 8 | UInt64(bytes[end])
        let bit = bit(window)
        guard filter[bit >> 6] & (1 << UInt64(bit & 63)) != 0, end >= 7 else { continue }
        if isEnd(of: bytes[...end], window) { return true }
      }
      return false
    }
  }

  private func isEnd(of text: Slice<UnsafeBufferPointer<UInt8>>, _ window: UInt64) -> Bool {
    secrets[window]?.contains { text.suffix($0.count).elementsEqual($0) } ?? false
  }

  private func bit(_ window: UInt64) -> Int {
    Int((window &* 0x9E37_79B9_7F4A_7C15) >> 48) & (filter.count << 6 - 1)
  }
}
