import HTTPMessages
import OrderedJSON

/// Pages of lists that only grow at their end.
extension Call {
  /// A page of a list, by position.
  ///
  /// - Throws: `Problem` 400 when the query of the request is not understood.
  func paged<Value>(_ all: [Value], _ show: (Value) -> JSON) throws(Problem) -> ServiceResponse {
    let size = try integer("$top", in: 1...1_000) ?? 250
    let start = try integer("$skiptoken", in: 0...Int(Int32.max)) ?? 0
    let end = min(all.count, start + size)
    guard start < end else { return Self.list([]) }
    let rest = query.setting("$skiptoken", String(end))
    let next = end < all.count ? "\(base)\(request.path)?\(rest)" : nil
    return Self.list(all[start..<end].map(show), next: next)
  }
}
