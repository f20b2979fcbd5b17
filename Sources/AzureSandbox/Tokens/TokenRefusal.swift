internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// Why a token endpoint gives no token, in the words of Microsoft Entra ID.
///
/// Source: Azure Communication fact sheet, sections 1.3 and 1.4.
struct TokenRefusal: Error {
  var status: Int
  /// As OAuth 2 names it, such as `invalid_client`.
  var error: String
  /// The number after `AADSTS`; `nil` for managed identities.
  var number: Int?
  var message: String

  init(_ status: Int, _ error: String, _ message: String) {
    self.status = status
    self.error = error
    self.message = message
  }

  init(_ status: Int, _ error: String, _ number: Int, _ message: String) {
    self.status = status
    self.error = error
    self.number = number
    self.message = message
  }

  func response(at now: Timestamp, trace: String) -> HTTPResponse {
    guard let number else {
      return .json(
        status,
        ["error": .string(error), "error_description": .string(message)]
      )
    }
    let text = "AADSTS\(number): \(message) Trace ID: \(trace)"
    return .json(
      status,
      [
        "error": .string(error), "error_description": .string(text),
        "error_codes": [.integer(Int64(number))], "timestamp": .string(now.description),
        "trace_id": .string(trace), "correlation_id": .string(trace),
      ]
    )
  }
}
