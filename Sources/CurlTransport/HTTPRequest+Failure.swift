import HTTPMessages
import Seams

extension HTTPRequest {
  /// Why this cannot be sent as one well-formed request; `nil` when it can.
  ///
  /// Source: RFC 9110 sections 5.1 and 5.5, RFC 9112 section 3.
  var failure: TransportFailure? {
    if !method.isToken { return .invalid("the method is not one word") }
    if scheme != "http" && scheme != "https" {
      return .invalid("the scheme is neither 'http' nor 'https'")
    }
    if authority.isEmpty || authority.hasByte(where: { $0 <= 0x20 || isDelimiter($0) }) {
      return .invalid("the authority is not a host with an optional port")
    }
    if target.utf8.first != UInt8(ascii: "/") || target.hasByte(where: { $0 <= 0x20 }) {
      return .invalid("the target does not start with '/' or contains white space")
    }
    if method == "HEAD", !body.isEmpty { return .invalid("a HEAD request carries no body") }
    for field in headers.fields where !field.isValid {
      return .invalid(
        "header '\(field.name.prefix { $0.isASCII && !$0.isWhitespace })' is malformed"
      )
    }
    return nil
  }
}

extension HTTPFields.Field {
  /// A line break in a value would start another field.
  fileprivate var isValid: Bool {
    name.isToken && !value.hasByte { $0 < 0x20 && $0 != 0x09 || $0 == 0x7F }
  }
}

extension String {
  /// Whether this is a token of HTTP.
  ///
  /// Source: RFC 9110 section 5.6.2.
  fileprivate var isToken: Bool {
    !isEmpty && !hasByte { $0 < 0x21 || $0 > 0x7E || isSeparator($0) }
  }
}

/// Whether a byte stands between the parts of a field, and so in no token.
private func isSeparator(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "\""), UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: ","),
    UInt8(ascii: "/"), UInt8(ascii: ":"), UInt8(ascii: ";"), UInt8(ascii: "<"), UInt8(ascii: "="),
    UInt8(ascii: ">"), UInt8(ascii: "?"), UInt8(ascii: "@"), UInt8(ascii: "["),
    UInt8(ascii: "\\"), UInt8(ascii: "]"), UInt8(ascii: "{"), UInt8(ascii: "}"):
    true
  default: false
  }
}

/// Whether a byte ends an authority.
private func isDelimiter(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "/"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "@"),
    UInt8(ascii: "\\"):
    true
  default: false
  }
}

extension TransportFailure {
  fileprivate static func invalid(_ message: String) -> TransportFailure {
    TransportFailure(.invalidRequest, message)
  }
}
