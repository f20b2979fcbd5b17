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

  private var patterns = PathPatterns()
  private var routes: [Route] = []

  package init() {}

  /// Adds a route; the same method and pattern twice is a programmer's error.
  package mutating func add(_ method: String, _ pattern: String, _ route: Route) {
    patterns.add(method, pattern, routes.count)
    routes.append(route)
  }

  /// - Parameters:
  ///   - method: In upper case.
  ///   - target: The path; a query after it is ignored.
  /// - Returns: The first pattern that fits.
  package func match(_ method: String, _ target: String) -> Match {
    switch patterns.match(method, target) {
    case .found(let number, let parameters): .found(routes[number], parameters: parameters)
    case .methodNotAllowed(let allowed): .methodNotAllowed(allowed: allowed)
    case .notFound: .notFound
    }
  }
}
