import Diagnostics
import HTTPMessages

/// A data URI in its parts.
///
/// Source: RFC 2397; workflow language reference, section c.4.
struct DataURI {
  /// The type and its parameters, without a final `base64`.
  private let segments: [Substring]
  private let isBase64: Bool
  private let data: Substring

  /// Throws E0305 for text that is no data URI.
  init(_ text: String) throws(ExpressionError) {
    guard text.prefix(5).lowercased() == "data:", let comma = text.firstIndex(of: ",") else {
      throw Self.malformed("it starts with 'data:' and holds a comma before its data")
    }
    let head = text[text.index(text.startIndex, offsetBy: 5)..<comma]
    var segments = head.split(separator: ";", omittingEmptySubsequences: false)
    isBase64 = segments.last?.lowercased() == "base64"
    if isBase64 { segments.removeLast() }
    guard segments.first?.isEmpty != true || segments.count == 1 else {
      throw Self.malformed("parameters must follow a media type")
    }
    self.segments = segments
    data = text[text.index(after: comma)...]
  }

  /// The content with its type; Base64 stays as written.
  ///
  /// Throws E0305 for a malformed media type or an unknown character set.
  func envelope() throws(ExpressionError) -> ContentEnvelope {
    let contentType = try mediaType()
    guard !isBase64 else {
      return ContentEnvelope(contentType: contentType, content: String(data))
    }
    let bytes = PercentEncoding.decodeBytes(data, plusIsSpace: true)
    return ContentEnvelope(contentType: contentType, bytes: bytes)
  }

  /// The content as UTF-8; a character set counts only directly after the type.
  ///
  /// Throws E0305 for another character set or invalid Base64.
  func text() throws(ExpressionError) -> String {
    if segments.count > 1, let charset = Self.charset(segments[1]), charset != "utf-8" {
      throw ExpressionError(
        .invalidContent,
        "'dataUriToString' reads only utf-8, not '\(MediaType.shown(charset))'",
        hint: "use dataUriToBinary(), which keeps the character set"
      )
    }
    guard isBase64 else { return PercentEncoding.decode(data, plusIsSpace: true) }
    guard let bytes = Base64.decodeLeniently(String(data)) else {
      throw ExpressionError(.invalidContent, "the data URI does not hold valid Base64")
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  private func mediaType() throws(ExpressionError) -> String {
    guard let type = segments.first, !type.isEmpty else { return "text/plain" }
    guard type.count(where: { $0 == "/" }) == 1, !type.hasPrefix("/"), !type.hasSuffix("/") else {
      throw Self.malformed("its media type must look like text/plain")
    }
    for segment in segments.dropFirst() {
      guard segment.count(where: { $0 == "=" }) <= 1, !segment.isEmpty else {
        throw Self.malformed("its parameters must look like name=value")
      }
      if let charset = Self.charset(segment), !CharacterSetName.isKnown(charset) {
        throw ExpressionError(
          .invalidContent,
          "the character set '\(MediaType.shown(charset))' is not known"
        )
      }
    }
    return segments.joined(separator: ";")
  }

  private static func charset(_ segment: Substring) -> String? {
    let lowered = segment.lowercased()
    guard lowered.hasPrefix("charset=") else { return nil }
    return lowered.dropFirst(8).filter { $0 != "\"" }
  }

  private static func malformed(_ hint: String) -> ExpressionError {
    ExpressionError(.invalidContent, "the data URI is malformed", hint: hint)
  }
}
