import HTTPMessages

/// The query of a request, decoded.
struct QueryItems: Sendable {
  let items: [(name: String, value: String)]

  init(_ query: String) {
    items = query.split(separator: "&").map { pair in
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      let decoded = parts.map { PercentEncoding.decode($0, plusIsSpace: true) }
      return (decoded.first ?? "", decoded.count > 1 ? decoded[1] : "")
    }
  }

  /// The first value under this name; names of the product differ in case between its tools.
  subscript(name: String) -> String? {
    let lowered = name.lowercased()
    return items.first { $0.name.lowercased() == lowered }?.value
  }

  /// The query with one item set and the others as they were.
  func setting(_ name: String, _ value: String) -> String {
    let lowered = name.lowercased()
    let kept = items.filter { $0.name.lowercased() != lowered } + [(name, value)]
    return kept.map { "\(Self.encoded($0.name))=\(PercentEncoding.encode($0.value))" }
      .joined(separator: "&")
  }

  // A dollar sign is allowed in queries, and readers expect to see it in '$skiptoken'.
  private static func encoded(_ name: String) -> String {
    name.hasPrefix("$")
      ? "$" + PercentEncoding.encode(String(name.dropFirst())) : PercentEncoding.encode(name)
  }
}
