internal import HTTPMessages
internal import OrderedJSON

/// What the phone number services read of requests.
extension ServiceCall {
  /// The body, whose mistakes have these services' code.
  func numberBody() throws(Problem) -> JSONObject {
    do throws(Problem) { return try body() } catch { throw .badRequest(error.message) }
  }

  /// - Throws: 400 when numbers are only sold to those who agree not to resell them.
  static func requireAgreement(_ isNeeded: Bool, _ agrees: Bool) throws(Problem) {
    guard isNeeded, !agrees else { return }
    throw .badRequest("agreeToNotResell: these numbers need the agreement not to resell them.")
  }
}

extension JSONObject {
  /// Whether the caller agrees not to resell.
  func agreement() throws(Problem) -> Bool {
    guard let value = self["agreeToNotResell"], !value.isNull else { return false }
    guard let agrees = value.boolValue else {
      throw .badRequest("agreeToNotResell: must be true or false.")
    }
    return agrees
  }
}
