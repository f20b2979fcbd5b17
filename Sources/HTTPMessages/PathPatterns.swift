/// The patterns of a router, each method with the number of its route.
///
/// Apart from `Router` because code that is generic across targets is several times slower.
struct PathPatterns: Sendable {
  enum Match {
    case found(Int, parameters: [String: String])
    case methodNotAllowed(allowed: [String])
    case notFound
  }

  private struct Entry {
    let segments: [Segment]
    var routes: [(method: String, number: Int)]
  }

  private enum Segment: Hashable {
    case literal(Substring)
    case named(String)
  }

  /// By number of segments; those with early literals first.
  private var entries: [[Entry]] = []

  mutating func add(_ method: String, _ pattern: String, _ number: Int) {
    let segments = Self.split(pattern).map(Self.segment)
    while entries.count <= segments.count { entries.append([]) }
    let list = entries[segments.count]
    if let index = list.firstIndex(where: { $0.segments == segments }) {
      precondition(!list[index].routes.contains { $0.method == method }, "\(pattern) exists")
      entries[segments.count][index].routes.append((method, number))
    } else {
      entries[segments.count].append(Entry(segments: segments, routes: [(method, number)]))
      entries[segments.count].sort { Self.precedes($0.segments, $1.segments) }
    }
  }

  func match(_ method: String, _ target: String) -> Match {
    let segments = Self.split(target)
    guard entries.indices.contains(segments.count) else { return .notFound }
    var methods: Set<String> = []
    for entry in entries[segments.count] where Self.fits(entry.segments, segments) {
      if let number = Self.number(method, entry) {
        return .found(number, parameters: Self.parameters(entry.segments, segments))
      }
      methods.formUnion(entry.routes.map(\.method))
    }
    guard !methods.isEmpty else { return .notFound }
    if methods.contains("GET") { methods.insert("HEAD") }
    return .methodNotAllowed(allowed: methods.sorted())
  }

  private static func number(_ method: String, _ entry: Entry) -> Int? {
    let exact = entry.routes.first { $0.method == method }
    let route = exact ?? entry.routes.first { method == "HEAD" && $0.method == "GET" }
    return route?.number
  }

  private static func split(_ target: String) -> [Substring] {
    var segments: [Substring] = []
    let utf8 = target.utf8
    var start = utf8.isEmpty ? utf8.endIndex : utf8.index(after: utf8.startIndex)
    var index = start
    while index < utf8.endIndex, utf8[index] != UInt8(ascii: "?") {
      let next = utf8.index(after: index)
      if utf8[index] == UInt8(ascii: "/") {
        segments.append(target[start..<index])
        start = next
      }
      index = next
    }
    segments.append(target[start..<index])
    return segments
  }

  private static func segment(_ text: Substring) -> Segment {
    text.hasPrefix("{") && text.hasSuffix("}")
      ? .named(String(text.dropFirst().dropLast())) : .literal(text)
  }

  private static func precedes(_ left: [Segment], _ right: [Segment]) -> Bool {
    for (left, right) in zip(left, right) {
      switch (left, right) {
      case (.literal, .named): return true
      case (.named, .literal): return false
      default: continue
      }
    }
    return false
  }

  private static func fits(_ pattern: [Segment], _ segments: [Substring]) -> Bool {
    for (wanted, segment) in zip(pattern, segments) {
      switch wanted {
      case .literal(let text): guard segment == text else { return false }
      case .named: guard !segment.isEmpty else { return false }
      }
    }
    return true
  }

  private static func parameters(
    _ pattern: [Segment],
    _ segments: [Substring]
  ) -> [String: String] {
    var parameters: [String: String] = [:]
    for (wanted, segment) in zip(pattern, segments) {
      if case .named(let name) = wanted { parameters[name] = PercentEncoding.decode(segment) }
    }
    return parameters
  }
}
