import OrderedJSON

/// One event of a stream.
///
/// Source: HTML Living Standard, section 9.2.
enum ServerSentEvent {
  /// The data is on one line, as our writer puts it.
  static func text(_ name: String, id: Int? = nil, data: JSON) -> String {
    (id.map { "id: \($0)\n" } ?? "") + "event: \(name)\ndata: \(data.text)\n\n"
  }

  /// Keeps proxies from closing a stream that has nothing to tell.
  static let heartbeat = ": \n\n"

  /// How soon a client comes back after the connection broke.
  static let retry = "retry: 1000\n\n"

  /// How long a stream is silent at most.
  static let heartbeatInterval = Duration.seconds(15)
}
