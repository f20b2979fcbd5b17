/// The events that the service logs.
enum ServiceEvent {
  /// Credentials were refused.
  ///
  /// Fields: `client`, `why`.
  static let refused = "service.credential.refused"

  /// A request was answered with a status of 500 or more.
  ///
  /// Fields: `method`, `path`, `status`, `code`, `why`.
  static let failed = "service.request.failed"
}
