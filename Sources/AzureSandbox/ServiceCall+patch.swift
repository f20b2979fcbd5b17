internal import HTTPMessages
internal import OrderedJSON

extension ServiceCall {
  /// The changes that a PATCH asks for.
  ///
  /// - Throws: 415 for a body of another type than a merge patch, 400 for one that is no object.
  ///
  /// Source: RFC 7396.
  func mergePatch() throws(Problem) -> JSONObject {
    let type = (request.headers.first("Content-Type") ?? "").lowercased()
    let name = type.prefix { $0 != ";" && $0 != " " }
    guard name == "application/merge-patch+json" || name == "application/json" else {
      throw Problem(
        415,
        "UnsupportedMediaType",
        "The content type must be application/merge-patch+json."
      )
    }
    return try body()
  }
}

extension Problem {
  static func badRequest(_ message: String) -> Problem { Problem(400, "BadRequest", message) }
}
