internal import HTTPMessages

/// A known way in which clients compute signatures that differ from the documented one.
///
/// Source: Azure Communication fact sheet, section 1.2 ("Signers that differ on loopback").
struct SigningQuirk: Hashable, Sendable, CustomStringConvertible {
  enum Host: String, CaseIterable, Sendable {
    case asSent = "host as sent"
    /// The Java SDK.
    case withoutPort = "host without its port"
    /// The JavaScript SDK.
    case portTwice = "port written twice"
    /// Identity and SMS of the Python SDK, for an endpoint that ends in a slash.
    case trailingSlash = "slash after the host"
  }

  enum Target: String, CaseIterable, Sendable {
    case asSent = "target as sent"
    /// Older Python SDKs.
    case withoutSlash = "target without its first slash"
    /// The Python SDK's async Identity and Rooms clients.
    case decoded = "target percent-decoded"
  }

  let host: Host
  let target: Target

  /// Every way but the documented one.
  static let all: [SigningQuirk] = Host.allCases.flatMap { host in
    Target.allCases.map { SigningQuirk(host: host, target: $0) }
  }.filter { $0.host != .asSent || $0.target != .asSent }

  var description: String {
    switch (host, target) {
    case (_, .asSent): host.rawValue
    case (.asSent, _): target.rawValue
    default: "\(host.rawValue), \(target.rawValue)"
    }
  }

  func host(of request: HTTPRequest) -> String {
    let name = request.host
    let port = request.authority.dropFirst(name.count)
    switch host {
    case .asSent: return request.authority
    case .withoutPort: return name
    case .portTwice: return request.authority + port
    case .trailingSlash: return request.authority + "/"
    }
  }

  func target(of request: HTTPRequest) -> String {
    switch target {
    case .asSent: request.target
    case .withoutSlash: String(request.target.dropFirst())
    case .decoded: PercentEncoding.decode(request.target)
    }
  }
}
