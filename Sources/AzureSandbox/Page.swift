internal import HTTPMessages
internal import OrderedJSON

/// A part of a list: so many elements after so many others.
///
/// The place of the next part travels in the query of `nextLink`, as the services do it.
struct Page: Sendable {
  let size: Int
  /// How many were left out before.
  let skip: Int
  private let skipName: String

  /// - Parameters:
  ///   - call: Its query decides.
  ///   - sizeName: Under which the query has the size; `nil` where callers cannot choose it.
  ///   - skipName: Under which it has the place.
  ///   - largest: The largest size.
  ///   - usual: The size without a wish; by default the largest.
  /// - Throws: 400 `BadRequest`.
  init(
    _ call: ServiceCall,
    size sizeName: String? = "maxPageSize",
    skip skipName: String = "skip",
    largest: Int = 200,
    usual: Int? = nil
  ) throws(Problem) {
    let query = QueryString(call.request.target)
    self.skipName = skipName
    size = try query.number(sizeName, in: 1...largest) ?? usual ?? largest
    skip = try query.number(skipName, in: 0...Int(Int32.max)) ?? 0
  }

  /// The answer with this part of a whole list.
  func answer<Element>(
    _ list: [Element],
    to call: ServiceCall,
    _ element: (Element) -> JSON
  ) -> HTTPResponse {
    answer(list.dropFirst(skip), to: call, next: { _ in skip + size }, element)
  }

  /// The answer with the beginning of what is left of a list.
  ///
  /// - Parameters:
  ///   - rest: From the place on that the query names.
  ///   - call: The request that is answered.
  ///   - next: The place after an element.
  ///   - element: How an element is written.
  /// - Returns: 200 with `value`, and with `nextLink` when there is more.
  func answer<Element>(
    _ rest: ArraySlice<Element>,
    to call: ServiceCall,
    next: (Element) -> Int,
    _ element: (Element) -> JSON
  ) -> HTTPResponse {
    let shown = rest.prefix(size)
    var body: JSONObject = ["value": .array(shown.map(element))]
    if shown.count < rest.count, let last = shown.last {
      body["nextLink"] = .string(link(to: next(last), call.request))
    }
    return .json(200, .object(body))
  }

  func link(to place: Int, _ request: HTTPRequest) -> String {
    let kept = QueryString(request.target).pairs(without: skipName)
    let query = (kept + ["\(skipName)=\(place)"]).joined(separator: "&")
    return "\(request.scheme)://\(request.authority)\(request.path)?\(query)"
  }
}

extension QueryString {
  /// A whole number under a name; `nil` when there is none.
  ///
  /// - Throws: 400 `BadRequest` for anything else.
  fileprivate func number(_ name: String?, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let name, let text = self[name], !text.isEmpty else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .badRequest("\(name): must be from \(range.lowerBound) to \(range.upperBound).")
    }
    return number
  }
}
