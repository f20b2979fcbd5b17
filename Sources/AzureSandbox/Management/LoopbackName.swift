/// The names of this machine.
enum LoopbackName {
  /// Whether a host is one of them: without a port, IPv6 addresses in brackets.
  static func matches(_ host: String) -> Bool {
    let host = host.lowercased()
    return host == "localhost" || host == "[::1]" || host.hasSuffix(".localhost")
      || host.hasPrefix("127.") && host.split(separator: ".").count == 4
  }
}
