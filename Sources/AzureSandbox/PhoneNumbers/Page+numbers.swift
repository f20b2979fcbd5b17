internal import HTTPMessages
internal import OrderedJSON

/// Lists as the phone number services have them.
extension Page {
  /// 100 items unless the query says otherwise.
  ///
  /// - Throws: 400 `BadRequest`.
  static func ofNumbers(_ call: ServiceCall, size sizeName: String = "maxPageSize")
    throws(Problem) -> Page
  {
    try Page(call, size: sizeName, largest: 1000, usual: 100)
  }

  /// This part of a whole list under a name of its own, with a `nextLink` even at the end.
  func answer(_ name: String, _ list: [JSON], to call: ServiceCall) -> HTTPResponse {
    let shown = list.dropFirst(skip).prefix(size)
    let hasMore = skip + shown.count < list.count
    return .json(
      200,
      [
        name: .array(Array(shown)),
        "nextLink": hasMore ? .string(link(to: skip + size, call.request)) : nil,
      ]
    )
  }
}
