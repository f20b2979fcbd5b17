internal import HTTPMessages
internal import OrderedJSON

/// Lists as Azure Resource Manager has them.
extension Page {
  /// 100 items, with the place in `$skipToken`.
  ///
  /// - Throws: 400 `InvalidSkipToken`.
  static func ofManagement(_ call: ServiceCall) throws(Problem) -> Page {
    do throws(Problem) {
      return try Page(call, size: nil, skip: "$skipToken", largest: 100)
    } catch {
      throw Problem(400, "InvalidSkipToken", "The $skipToken is not valid.")
    }
  }

  /// The answer with this part of a whole list.
  func answer(_ list: [JSON], to call: ServiceCall) -> HTTPResponse {
    answer(list, to: call) { $0 }
  }
}
