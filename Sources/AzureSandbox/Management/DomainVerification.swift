internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// One thing that the owner of a domain proves by a DNS record.
///
/// NotStarted, VerificationRequested, VerificationInProgress, then Verified or VerificationFailed; a
/// cancellation leads back to NotStarted.
///
/// Source: Azure Communication fact sheet, section 7 ("State machines for the sandbox").
struct DomainVerification: Codable, Sendable {
  enum Kind: String, CaseIterable, Codable, Sendable {
    case domain = "Domain"
    case spf = "SPF"
    case dkim = "DKIM"
    case dkim2 = "DKIM2"
    case dmarc = "DMARC"

    /// In any case, as callers write it.
    init?(any text: String) {
      guard let kind = Self.allCases.first(where: { $0.rawValue.isSameFieldName(as: text) }) else {
        return nil
      }
      self = kind
    }
  }

  enum Status: String, Codable, Sendable {
    case notStarted = "NotStarted"
    case requested = "VerificationRequested"
    case inProgress = "VerificationInProgress"
    case failed = "VerificationFailed"
    case verified = "Verified"
    case cancelling = "CancellationRequested"
  }

  /// What comes of a verification; nobody asks real name servers.
  enum Outcome: String, Codable, Sendable {
    case verified = "Verified"
    case failed = "VerificationFailed"
    /// It goes on until the outcome is set.
    case pending = "Pending"
  }

  private(set) var status = Status.notStarted
  private(set) var errorCode = ""
  private var since = Timestamp.distantPast
  var outcome = Outcome.verified
  /// Shown when the outcome is a failure.
  var outcomeErrorCode = usualErrorCode

  static let usualErrorCode = "DnsRecordNotFound"

  static let verified: DomainVerification = {
    var verification = DomainVerification()
    verification.status = .verified
    return verification
  }()

  /// - Throws: 409 while it is under way or done.
  mutating func initiate(_ kind: Kind, at now: Timestamp) throws(Problem) {
    guard status == .notStarted || status == .failed else {
      throw Problem(
        409,
        "Conflict",
        "The verification '\(kind.rawValue)' cannot be initiated: it is '\(status.rawValue)'."
      )
    }
    (status, since, errorCode) = (.requested, now, "")
  }

  /// - Throws: 409 when nothing is under way.
  mutating func cancel(_ kind: Kind, at now: Timestamp) throws(Problem) {
    guard status == .requested || status == .inProgress else {
      throw Problem(
        409,
        "Conflict",
        "The verification '\(kind.rawValue)' cannot be cancelled: it is '\(status.rawValue)'."
      )
    }
    (status, since) = (.cancelling, now)
  }

  mutating func settle(at now: Timestamp, step: Duration) {
    switch status {
    case .requested, .inProgress:
      if now >= since + step { status = .inProgress }
      if now >= since + step * 2 { finish() }
    case .cancelling: if now >= since + step { status = .notStarted }
    case .notStarted, .failed, .verified: break
    }
  }

  private mutating func finish() {
    switch outcome {
    case .verified: status = .verified
    case .failed: (status, errorCode) = (.failed, outcomeErrorCode)
    case .pending: break
    }
  }

  var json: JSON { ["status": .string(status.rawValue), "errorCode": .string(errorCode)] }
}
