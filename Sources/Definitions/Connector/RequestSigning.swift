/// How requests are signed just before each attempt.
package struct RequestSigning: Hashable, Sendable {
  package enum Scheme: String, Hashable, Sendable, CaseIterable {
    /// Azure Communication Services, with `x-ms-date`.
    case azureCommunicationHMAC = "azure-communication-hmac"
    /// AWS Signature Version 4.
    case awsSignature4 = "aws-sigv4"
    /// HMAC-SHA-256 over parts of the request.
    case hmac
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
  /// The connection parameters with an AWS key, and the region or the parameter that holds it.
  package var accessKey = "accessKeyId"
  package var secretKey = "secretAccessKey"
  package var region = "us-east-1"
  /// The AWS service, such as `s3`.
  package var service = "execute-api"
  /// Set for the scheme `hmac` only.
  package var hmac: HMACSigning?

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
