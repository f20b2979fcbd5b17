internal import OrderedJSON

/// Tells the objects that stand for other content from plain JSON.
enum ContentKind {
  /// Whether the object is `$content`, `$multipart` or `$formdata`.
  static func isEnvelope(_ object: JSONObject) -> Bool {
    object["$content"] != nil || object["$multipart"] != nil || object["$formdata"] != nil
  }
}
