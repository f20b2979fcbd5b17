internal import HTTPMessages
internal import OrderedJSON

/// The attachments of a mail.
enum MailAttachments {
  /// Larger ones are not kept, only counted.
  private static let keptBytes = 64 << 10
  private static let inlineVersion = "2025-09-01"

  /// - Throws: 400 `BadRequest` for what is no attachment.
  static func check(_ list: JSON?, version: String) throws(Problem) {
    guard let list, !list.isNull else { return }
    guard let items = list.arrayValue else {
      throw MailMessage.invalid("attachments must be a list.")
    }
    for item in items {
      for member in ["name", "contentType"] where item[member]?.stringValue?.isEmpty != false {
        throw MailMessage.invalid("An attachment has no \(member).")
      }
      guard let content = item["contentInBase64"]?.stringValue, Base64.decode(content) != nil else {
        throw MailMessage.invalid("ContentBytes invalid. Should be base64.")
      }
      if item["contentId"].map({ !$0.isNull }) ?? false, version < inlineVersion {
        throw MailMessage.invalid("contentId needs api-version \(inlineVersion).")
      }
    }
  }

  /// The list with sizes, and with the content of small ones.
  static func shown(_ list: JSON) -> JSON {
    .array(
      (list.arrayValue ?? []).map { item in
        guard var object = item.objectValue,
          let content = object["contentInBase64"]?.stringValue
        else { return item }
        object["bytes"] = .integer(Int64(Base64.decode(content)?.count ?? 0))
        if content.utf8.count > keptBytes { object["contentInBase64"] = nil }
        return .object(object)
      }
    )
  }
}
