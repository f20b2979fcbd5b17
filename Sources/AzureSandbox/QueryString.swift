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
      guard Self.isName(pair[..<end], name) else { continue }
      return PercentEncoding.decode(Substring(pair[end...].dropFirst()), plusIsSpace: true)
    }
    return nil
  }

  /// All pairs as they came, but those under a name.
  func pairs(without name: String) -> [String] {
    text.split(separator: "&").filter { pair in
      !Self.isName(pair.prefix { $0 != "=" }.utf8, name)
    }.map(String.init)
  }

  /// Names such as `$skipToken` come with an encoded dollar sign, too.
  private static func isName(_ given: Substring.UTF8View, _ name: String) -> Bool {
    if given.elementsEqual(name.utf8) { return true }
    return given.contains(UInt8(ascii: "%")) && PercentEncoding.decode(Substring(given)) == name
  }
}
