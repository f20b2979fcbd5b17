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
    Array(query.utf8).split(separator: UInt8(ascii: "&")).map { pair in
      let equals = pair.firstIndex(of: UInt8(ascii: "=")) ?? pair.endIndex
      return QueryItem(
        name: PercentEncoding.decode(utf8: pair[..<equals], plusIsSpace: true),
        value: PercentEncoding.decode(utf8: pair[equals...].dropFirst(), plusIsSpace: true)
      )
    }
  }

  var encoded: String {
    "\(ComponentEncoding.encodeQueryName(name))=\(ComponentEncoding.encode(value))"
  }
}
