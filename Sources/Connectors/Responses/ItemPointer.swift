internal import OrderedJSON

/// Values that a pointer with `*` leads to.
enum ItemPointer {
  /// The items in order; none where the path ends early.
  static func items(at tokens: some Collection<String>, in value: JSON) -> [JSON] {
    guard let token = tokens.first else { return [value] }
    let rest = tokens.dropFirst()
    if token == "*" { return (value.arrayValue ?? []).flatMap { items(at: rest, in: $0) } }
    return value[token].map { items(at: rest, in: $0) } ?? []
  }

  /// The value with each item changed, which is told its number from 0.
  static func map(
    at tokens: some Collection<String>,
    in value: JSON,
    _ change: (JSON, Int) -> JSON
  ) -> JSON {
    var count = 0
    return map(tokens, value, &count, change)
  }

  private static func map(
    _ tokens: some Collection<String>,
    _ value: JSON,
    _ count: inout Int,
    _ change: (JSON, Int) -> JSON
  ) -> JSON {
    guard let token = tokens.first else {
      defer { count += 1 }
      return change(value, count)
    }
    let rest = tokens.dropFirst()
    if token == "*", let items = value.arrayValue {
      return .array(items.map { map(rest, $0, &count, change) })
    }
    guard var object = value.objectValue, let member = object[token] else { return value }
    object[token] = map(rest, member, &count, change)
    return .object(object)
  }
}
