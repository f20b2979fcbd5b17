internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// What the sandbox remembers of a request; bodies and credentials are not kept.
struct RequestRecord {
  let time: Timestamp
  let method: String
  let target: String
  /// 0 when the connection was dropped.
  let status: Int
  let code: String?
  let refusal: CredentialRefusal?
  let quirk: SigningQuirk?
  let fault: String?
  /// What the client wants repetitions of the request to be recognised by.
  let idempotencyKey: String?
  let firstSent: String?

  init(time: Timestamp, request: HTTPRequest, reply: ServiceReply, fault: String?) {
    self.time = time
    method = request.method
    target = request.target
    status = reply.response.status
    code = reply.code
    refusal = reply.refusal
    quirk = reply.quirk
    self.fault = fault
    let keys = ["Repeatability-Request-ID", "Idempotency-Key", "Operation-Id"]
    idempotencyKey = keys.lazy.compactMap { request.headers.first($0) }.first
    firstSent = request.headers.first("Repeatability-First-Sent")
  }

  /// For `/_sandbox/requests`; members that do not apply are left out.
  var json: JSON {
    var object: JSONObject = [
      "time": .string(time.description), "method": .string(method), "target": .string(target),
      "status": .integer(Int64(status)),
    ]
    object["code"] = code.map(JSON.string)
    object["reason"] = (refusal?.reason).map(JSON.string)
    object["expectedStringToSign"] = (refusal?.expectedStringToSign).map(JSON.string)
    object["received"] = (refusal?.received).map(JSON.string)
    object["signatureQuirk"] = (quirk?.description).map(JSON.string)
    object["fault"] = fault.map(JSON.string)
    object["idempotencyKey"] = idempotencyKey.map(JSON.string)
    object["firstSent"] = firstSent.map(JSON.string)
    return .object(object)
  }
}
