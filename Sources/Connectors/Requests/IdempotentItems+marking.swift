package import Definitions
package import HTTPMessages
internal import OrderedJSON
package import Timekeeping

extension IdempotentItems {
  /// The request with a key in each item that has none, and with the time beside it.
  ///
  /// - Parameters:
  ///   - request: A request with a JSON body; any other is returned as it is.
  ///   - key: The step's own key, from which those of its items follow.
  ///   - firstSent: When the step's first request left.
  ///   - digests: Hash functions.
  /// - Returns: The request as every attempt of the step sends it.
  package func marked(
    _ request: HTTPRequest,
    key: String,
    firstSent: Timestamp,
    with digests: Digests
  ) -> HTTPRequest {
    guard !request.body.isEmpty, let body = try? JSON(parsing: request.body) else {
      return request
    }
    var marked = request
    marked.body =
      ItemPointer.map(at: items.tokens.dropFirst(), in: body) { item, number in
        guard var object = item.objectValue, object[self.key] == nil else { return item }
        object[self.key] = .string(IdempotencyKey.uuid(of: "\(key)#\(number)", with: digests))
        if let member = self.firstSent, object[member] == nil {
          object[member] = .string(HTTPDate.text(firstSent))
        }
        return .object(object)
      }.bytes
    return marked
  }
}
