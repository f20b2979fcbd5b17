internal import HTTPMessages

/// Finds what a method and a path stand for.
///
/// A pattern is a path in which `{name}` matches any one segment: `/runs/{id}/actions`. Literal
/// segments win over named ones, and `HEAD` falls back to `GET`.
package struct Router<Route: Sendable>: Sendable {
  /// What was found.
  package enum Match {
    /// The values of the pattern's names are percent-decoded.
    case found(Route, parameters: [String: String])
    /// The path exists for other methods: those of the `Allow` header.
    case methodNotAllowed(allowed: [String])
    case notFound
  }

  private struct Entry {
    let segments: [Segment]
    var routes: [(method: String, route: Route)]
  }

  private enum Segment: Hashable {
    case literal(Substring)
    case named(String)
  }

  /// Patterns by their number of segments, those with early literals first.
  private var entries: [Int: [Entry]] = [:]

  package init() {}

  /// Adds a route; the same method and pattern twice is a programmer's error.
  package mutating func add(_ method: String, _ pattern: String, _ route: Route) {
    let segments = Self.split(pattern).map(Self.segment)
    var list = entries[segments.count] ?? []
    if let index = list.firstIndex(where: { $0.segments == segments }) {
      precondition(!list[index].routes.contains { $0.method == method }, "\(pattern) exists")
      list[index].routes.append((method, route))
    } else {
      list.append(Entry(segments: segments, routes: [(method, route)]))
      list.sort { Self.precedes($0.segments, $1.segments) }
    }
    entries[segments.count] = list
  }

  /// - Parameters:
  ///   - method: In upper case.
  ///   - target: The path; a query after it is ignored.
  /// - Returns: The first pattern that fits.
  package func match(_ method: String, _ target: String) -> Match {
    let segments = Self.split(target)
    let fitting = (entries[segments.count] ?? []).filter { Self.fits($0.segments, segments) }
    for entry in fitting {
      guard
        let route = entry.routes.first(where: { $0.method == method })
          ?? entry.routes.first(where: { method == "HEAD" && $0.method == "GET" })
      else { continue }
      return .found(route.route, parameters: Self.parameters(entry.segments, segments))
    }
    let methods = Set(fitting.flatMap { $0.routes.map(\.method) })
    guard !methods.isEmpty else { return .notFound }
    return .methodNotAllowed(
      allowed: (methods.contains("GET") ? methods.union(["HEAD"]) : methods)
        .sorted()
    )
  }

  private static func split(_ target: String) -> [Substring] {
    let utf8 = target.utf8
    let path = utf8[..<(utf8.firstIndex(of: UInt8(ascii: "?")) ?? utf8.endIndex)]
    return path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
      .map(Substring.init)
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
    zip(pattern, segments).allSatisfy { wanted, segment in
      switch wanted {
      case .literal(let text): segment == text
      case .named: !segment.isEmpty
      }
    }
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
