import HTTPMessages
import OrderedJSON

/// Why a callback request is refused, as its sender is told.
struct CallbackRefusal: Error, Hashable, Sendable {
  var status: Int
  var code: String
  var message: String
  var headers: HTTPFields = HTTPFields()

  init(_ status: Int, _ code: String, _ message: String) {
    self.status = status
    self.code = code
    self.message = message
  }

  var response: HTTPResponse {
    let error: JSON = ["error": ["code": .string(code), "message": .string(message)]]
    var response = HTTPResponse(status: status, headers: headers, body: error.bytes)
    response.headers["Content-Type"] = "application/json; charset=utf-8"
    return response
  }

  static let unknownAddress = CallbackRefusal(404, "NotFound", "There is nothing at this address.")

  static let unsigned = CallbackRefusal(
    401,
    "DirectApiAuthorizationRequired",
    "The address has no signature: its query needs 'sp', 'sv' and 'sig'."
  )

  static let badSignature = CallbackRefusal(
    401,
    "AuthorizationFailed",
    "The signature of the address is not valid: it was changed, or its key was replaced."
  )

  static func unknownFlow(_ name: String) -> CallbackRefusal {
    CallbackRefusal(404, "WorkflowNotFound", "There is no flow '\(name)'.")
  }

  static func unknownTrigger(_ name: String, of flow: String) -> CallbackRefusal {
    CallbackRefusal(
      404,
      "WorkflowTriggerNotFound",
      "The flow '\(flow)' has no trigger '\(name)' that can be called."
    )
  }

  static func disabled(_ flow: String) -> CallbackRefusal {
    CallbackRefusal(404, "WorkflowTriggerIsNotEnabled", "The flow '\(flow)' is not enabled.")
  }

  static func method(_ wanted: String) -> CallbackRefusal {
    var refusal = CallbackRefusal(
      405,
      "MethodNotAllowed",
      "The trigger is called with the method \(wanted)."
    )
    refusal.headers["Allow"] = wanted
    return refusal
  }

  static let path = CallbackRefusal(
    404,
    "WorkflowTriggerPathNotFound",
    "The path does not fit the trigger's 'relativePath'."
  )

  static let body = CallbackRefusal(
    400,
    "InvalidRequestContent",
    "The content is not valid JSON, although its Content-Type says so."
  )

  static let full: CallbackRefusal = {
    var refusal = CallbackRefusal(
      429,
      "WorkflowTriggerConcurrencyLimitExceeded",
      "As many runs wait as the trigger's 'maximumWaitingRuns' allows."
    )
    refusal.headers["Retry-After"] = "10"
    return refusal
  }()

  static let duplicate = CallbackRefusal(
    409,
    "DuplicateRequest",
    "A request of the same name was taken in before."
  )

  static let gone = CallbackRefusal(410, "Gone", "Nothing waits for this callback any more.")

  static let noResponse = CallbackRefusal(
    502,
    "NoResponse",
    "The run ended without reaching a Response action."
  )

  static let timeout = CallbackRefusal(
    504,
    "GatewayTimeout",
    "The run did not reach a Response action in time; it goes on."
  )

  static let unavailable: CallbackRefusal = {
    var refusal = CallbackRefusal(
      503,
      "ServiceUnavailable",
      "The request could not be taken in; nothing has happened. Try again."
    )
    refusal.headers["Retry-After"] = "5"
    return refusal
  }()
}
