import OrderedJSON

/// What a trigger that polls keeps between two polls.
struct PollState: Hashable, Sendable {
  /// Where to ask next; `nil` means the original request.
  var location: String?
  /// Query parameters that a polling policy computed.
  var queries: [String: String] = [:]
  /// Whether a polling policy knows where things stand.
  var hasBegun = false
  /// How many requests failed in a row.
  var failures = 0

  init() {}

  init(_ json: JSON?) {
    location = json?["location"]?.stringValue
    for member in json?["queries"]?.objectValue?.members ?? [] {
      queries[member.key] = member.value.stringValue
    }
    hasBegun = json?["hasBegun"]?.boolValue ?? false
    failures = json?["failures"]?.integerValue.map { Int(clamping: $0) } ?? 0
  }

  var json: JSON {
    var object = JSONObject()
    object["location"] = location.map { .string($0) }
    if !queries.isEmpty {
      let sorted = queries.sorted { $0.key < $1.key }
      object["queries"] = .object(JSONObject(sorted.map { ($0.key, .string($0.value)) }))
    }
    if hasBegun { object["hasBegun"] = true }
    if failures > 0 { object["failures"] = .integer(Int64(failures)) }
    return .object(object)
  }
}
