package import HTTPMessages
package import Runtime

/// Takes requests at signed addresses: no token is asked for, the signature decides.
package protocol CallbackReceiving: Sendable {
  /// Whether the path is one of a signed address, right or wrong.
  func receives(_ request: HTTPRequest) -> Bool

  /// Answers such a request.
  func receive(_ request: HTTPRequest) async -> HTTPResponse
}

extension CallbackReceiver: CallbackReceiving {
  package func receives(_ request: HTTPRequest) -> Bool { Self.handles(request.path) }
}
