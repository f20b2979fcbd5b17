internal import HTTPMessages

/// The first part of a request as the library read it, before anything is believed.
struct RequestHead {
  var method: String
  /// Such as `HTTP/1.1`.
  var version: String
  var target: String
  var headers: HTTPFields

  /// Whom the request is for, and what it asks for there.
  ///
  /// A target in absolute form wins over the Host field.
  ///
  /// Source: RFC 9112 section 3.2.2.
  var place: (authority: String, target: String) {
    guard let absolute else { return (headers.first("Host") ?? "", target) }
    return (absolute.authority, absolute.target)
  }

  /// Why this request must not be served; `nil` for a sound one.
  ///
  /// What two readers could understand differently is refused, because a proxy in front may be the
  /// other reader.
  ///
  /// Source: RFC 9112 sections 3, 5, 6 and 11.2; RFC 9110 sections 5 and 10.1.1.
  func fault(limits: ServerLimits) -> RequestFault? {
    guard version == "HTTP/1.1" || version == "HTTP/1.0" else { return .unknownVersion }
    guard headers.fields.count <= limits.headerFields else {
      return .tooManyFields(limits.headerFields)
    }
    return methodFault ?? fieldFault ?? hostFault ?? targetFault ?? framingFault ?? expectationFault
  }

  private var methodFault: RequestFault? {
    method.isToken ? nil : .malformed("The request method is malformed.")
  }

  private var fieldFault: RequestFault? {
    for field in headers.fields {
      guard field.name.isToken else {
        return .malformed("The name of a header field is malformed.")
      }
      guard field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        return .malformed("The value of a header field holds a control character.")
      }
    }
    return nil
  }

  private var hostFault: RequestFault? {
    let hosts = headers.values("Host")
    guard hosts.count < 2 else { return .malformed("The request has more than one Host field.") }
    guard let host = hosts.first else {
      return version == "HTTP/1.1" ? .malformed("The request has no Host field.") : nil
    }
    return host.isAuthority ? nil : .malformed("The Host field is malformed.")
  }

  private var targetFault: RequestFault? {
    let fault = RequestFault.malformed("The request target is malformed.")
    guard target.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != UInt8(ascii: "#") }) else {
      return fault
    }
    if target.hasPrefix("/") || (target == "*" && method == "OPTIONS") { return nil }
    guard let absolute else { return fault }
    return absolute.authority.isAuthority && !absolute.authority.isEmpty ? nil : fault
  }

  private var framingFault: RequestFault? {
    let lengths = headers.values("Content-Length")
    let codings = headers.values("Transfer-Encoding")
    guard codings.isEmpty || lengths.isEmpty else {
      return .malformed("The request has both Content-Length and Transfer-Encoding.")
    }
    guard lengths.count < 2, codings.count < 2 else {
      return .malformed("The request announces its body more than once.")
    }
    if let length = lengths.first {
      let isNumber = !length.isEmpty && length.utf8.allSatisfy { (0x30...0x39).contains($0) }
      guard isNumber else { return .malformed("The Content-Length is no number.") }
    }
    guard let coding = codings.first else { return nil }
    guard version == "HTTP/1.1" else {
      return .malformed("A request of HTTP/1.0 has no Transfer-Encoding.")
    }
    return coding.isSameFieldName(as: "chunked") ? nil : .unknownCoding
  }

  private var expectationFault: RequestFault? {
    guard let expected = headers.first("Expect") else { return nil }
    return expected.isSameFieldName(as: "100-continue") ? nil : .unknownExpectation
  }

  private var absolute: (authority: String, target: String)? {
    guard let scheme = ["http://", "https://"].first(where: target.lowercased().hasPrefix) else {
      return nil
    }
    let rest = target.dropFirst(scheme.count)
    let authority = rest.prefix { $0 != "/" && $0 != "?" }
    let path = rest.dropFirst(authority.count)
    return (String(authority), path.hasPrefix("/") ? String(path) : "/" + path)
  }
}

extension HTTPFields {
  func values(_ name: String) -> [String] {
    fields.filter { $0.name.isSameFieldName(as: name) }.map(\.value)
  }

  func first(_ name: String) -> String? {
    fields.first { $0.name.isSameFieldName(as: name) }?.value
  }
}

extension String {
  /// Source: RFC 9110 section 5.6.2.
  fileprivate var isToken: Bool { !isEmpty && utf8.allSatisfy { Self.tokenBytes.contains($0) } }

  /// Empty, or made of what a host and a port may consist of.
  fileprivate var isAuthority: Bool { utf8.allSatisfy { Self.authorityBytes.contains($0) } }

  private static let alphanumerics =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
  private static let tokenBytes = ByteSet(alphanumerics + "!#$%&'*+-.^_`|~")
  private static let authorityBytes = ByteSet(alphanumerics + "-._~%!$&'()*+;=:[]")
}
