import Foundation

/// Reads the parts of a form as a service would.
///
/// Source: RFC 7578.
enum FormReader {
  struct Part {
    var name: String
    var fileName: String?
    var body: String
  }

  /// `nil` when the message is not of the form that its media type announces.
  static func parts(of text: String, type: String) -> [Part]? {
    guard let start = type.range(of: "boundary=")?.upperBound else { return nil }
    let boundary = type[start...].prefix { $0 != ";" }
      .trimmingCharacters(in: CharacterSet(charactersIn: "\" "))
    var pieces = ("\r\n" + text).components(separatedBy: "\r\n--\(boundary)")
    guard pieces.count > 1, pieces.removeFirst().isEmpty, pieces.removeLast() == "--\r\n" else {
      return nil
    }
    var parts: [Part] = []
    for piece in pieces {
      guard piece.hasPrefix("\r\n"), let end = piece.range(of: "\r\n\r\n") else { return nil }
      let head = piece[..<end.lowerBound].components(separatedBy: "\r\n")
      let line = head.first { $0.lowercased().hasPrefix("content-disposition: form-data") }
      guard let line, let name = value(of: "; name=", in: line) else { return nil }
      let fileName = value(of: "; filename=", in: line)
      parts.append(Part(name: name, fileName: fileName, body: String(piece[end.upperBound...])))
    }
    return parts
  }

  private static func value(of key: String, in line: String) -> String? {
    guard let start = line.range(of: key + "\"")?.upperBound else { return nil }
    return line[start...].prefix { $0 != "\"" }.replacingOccurrences(of: "%22", with: "\"")
  }
}
