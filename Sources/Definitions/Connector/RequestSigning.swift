/// How requests are signed just before each attempt.
package struct RequestSigning: Hashable, Sendable {
  package enum Scheme: String, Hashable, Sendable, CaseIterable {
    /// Azure Communication Services, with `x-ms-date`.
    case azureCommunicationHMAC = "azure-communication-hmac"
  }

  package enum DateHeader: String, Hashable, Sendable, CaseIterable {
    case xMsDate = "x-ms-date"
    /// What older clients send.
    case date
  }

  package var scheme: Scheme
  /// The connection parameter that holds the connection string.
  package var connectionString: String
  package var dateHeader: DateHeader

  package init(
    scheme: Scheme,
    connectionString: String,
    dateHeader: DateHeader = .xMsDate
  ) {
    self.scheme = scheme
    self.connectionString = connectionString
    self.dateHeader = dateHeader
  }
}
