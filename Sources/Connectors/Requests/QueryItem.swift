internal import HTTPMessages

/// One parameter of a query, not encoded.
package struct QueryItem: Hashable, Sendable {
  package var name: String
  package var value: String

  package init(name: String, value: String) {
    self.name = name
    self.value = value
  }

  /// Reads `a=1&b=%20`, and keeps order and repetitions.
  package static func parse(_ query: some StringProtocol) -> [QueryItem] {
    query.split(separator: "&").map { pair in
      let equals = pair.firstIndex(of: "=") ?? pair.endIndex
      let value = equals == pair.endIndex ? "" : pair[pair.index(after: equals)...]
      return QueryItem(
        name: PercentEncoding.decode(pair[..<equals], plusIsSpace: true),
        value: PercentEncoding.decode(value, plusIsSpace: true)
      )
    }
  }

  var encoded: String {
    "\(ComponentEncoding.encodeQueryName(name))=\(ComponentEncoding.encode(value))"
  }
}
