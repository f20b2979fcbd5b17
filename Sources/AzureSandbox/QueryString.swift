internal import HTTPMessages

/// The query of a request target.
struct QueryString {
  private let text: Substring

  init(_ target: String) {
    let utf8 = target.utf8
    let mark = utf8.firstIndex(of: UInt8(ascii: "?"))
    text = mark.map { target[utf8.index(after: $0)...] } ?? ""
  }

  /// The first value under exactly this name, percent-decoded.
  subscript(name: String) -> String? {
    for pair in text.utf8.split(separator: UInt8(ascii: "&")) {
      let end = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      guard pair[..<end].elementsEqual(name.utf8) else { continue }
      return PercentEncoding.decode(Substring(pair[end...].dropFirst()), plusIsSpace: true)
    }
    return nil
  }
}
