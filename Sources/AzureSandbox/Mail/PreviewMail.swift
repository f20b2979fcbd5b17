internal import HTTPMessages
internal import OrderedJSON

/// A mail in the shape of the first preview, which older connectors still send.
///
/// Source: Azure Communication fact sheet, section 3 ("Preview shape").
enum PreviewMail {
  static let version = "2021-10-01-preview"

  /// The mail in the shape of later versions.
  ///
  /// - Throws: 400 `BadRequest` for what has no equal there.
  static func translated(_ body: JSONObject) throws(Problem) -> JSONObject {
    var mail = JSONObject()
    mail["senderAddress"] = body["sender"] ?? body["senderEmail"]
    mail["content"] = body["content"]
    mail["recipients"] = recipients(body["recipients"])
    mail["replyTo"] = body["replyTo"].map(addresses)
    mail["attachments"] = try attachments(body["attachments"])
    let headers = try headers(body)
    if headers.count > 0 { mail["headers"] = .object(headers) }
    mail["userEngagementTrackingDisabled"] = body["disableUserEngagementTracking"]
    return mail
  }

  /// - Throws: 400 `BadRequest` without the headers that later versions leave to the caller.
  static func requireRepeatability(_ call: ServiceCall) throws(Problem) {
    for name in ["Repeatability-Request-Id", "Repeatability-First-Sent"]
    where call.request.headers.first(name) == nil {
      throw .badRequest("The header '\(name)' is required.")
    }
  }

  // MARK: Members

  /// Lists are found in any spelling: `CC`, `bCC`.
  private static func recipients(_ value: JSON?) -> JSON? {
    guard let members = value?.objectValue?.members else { return value }
    return .object(JSONObject(members.map { ($0.key.lowercased(), addresses($0.value)) }))
  }

  private static func addresses(_ list: JSON) -> JSON {
    guard let items = list.arrayValue else { return list }
    return .array(
      items.map { item in
        guard var address = item.objectValue, let mail = address["email"] else { return item }
        address["email"] = nil
        address["address"] = mail
        return .object(address)
      }
    )
  }

  private static func attachments(_ value: JSON?) throws(Problem) -> JSON? {
    guard let items = value?.arrayValue else { return value }
    var attachments: [JSON] = []
    for item in items {
      let type = item["attachmentType"]?.stringValue?.lowercased() ?? ""
      guard let contentType = contentTypes[type] else {
        throw MailMessage.invalid("attachmentType '\(type)' is unknown.")
      }
      var attachment = JSONObject()
      attachment["name"] = item["name"]
      attachment["contentType"] = .string(contentType)
      attachment["contentInBase64"] = item["contentBytesBase64"]
      attachments.append(.object(attachment))
    }
    return .array(attachments)
  }

  /// A list of names and values becomes an object, and so does the importance.
  private static func headers(_ body: JSONObject) throws(Problem) -> JSONObject {
    var headers = JSONObject()
    for item in body["headers"]?.arrayValue ?? [] {
      guard let name = item["name"]?.stringValue, let value = item["value"]?.stringValue else {
        throw MailMessage.invalid("headers must be a list of objects with name and value.")
      }
      headers[name] = .string(value)
    }
    guard let importance = body["importance"], !importance.isNull else { return headers }
    guard let priority = priorities[importance.stringValue?.lowercased() ?? ""] else {
      throw MailMessage.invalid("importance must be high, normal or low.")
    }
    headers["x-priority"] = .string(priority)
    return headers
  }

  private static let priorities = ["high": "2", "normal": "3", "low": "4"]

  /// By the words of the preview.
  private static let contentTypes: [String: String] = [
    "avi": "video/x-msvideo", "bmp": "image/bmp", "doc": "application/msword",
    "docm": "application/vnd.ms-word.document.macroEnabled.12",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "gif": "image/gif", "jpeg": "image/jpeg", "mp3": "audio/mpeg", "one": "application/onenote",
    "pdf": "application/pdf", "png": "image/png",
    "ppsm": "application/vnd.ms-powerpoint.slideshow.macroEnabled.12",
    "ppsx": "application/vnd.openxmlformats-officedocument.presentationml.slideshow",
    "ppt": "application/vnd.ms-powerpoint",
    "pptm": "application/vnd.ms-powerpoint.presentation.macroEnabled.12",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "pub": "application/vnd.ms-publisher", "rpmsg": "application/vnd.ms-outlook",
    "rtf": "application/rtf", "tif": "image/tiff", "txt": "text/plain",
    "vsd": "application/vnd.visio", "wav": "audio/wav", "wma": "audio/x-ms-wma",
    "xls": "application/vnd.ms-excel",
    "xlsb": "application/vnd.ms-excel.sheet.binary.macroEnabled.12",
    "xlsm": "application/vnd.ms-excel.sheet.macroEnabled.12",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  ]
}

extension ServiceCall {
  var isPreviewOfMail: Bool { version == PreviewMail.version }
}
