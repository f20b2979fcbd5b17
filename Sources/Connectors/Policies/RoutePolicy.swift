internal import Definitions
internal import Diagnostics

/// `routerequesttoendpoint`: replaces the path below the service address, and perhaps the method.
///
/// Source: connector format reference, section (f), address.
enum RoutePolicy {
  static func apply(
    _ policy: CompiledPolicy,
    to draft: inout RequestDraft,
    in scope: PolicyScope
  ) throws(Diagnostic) {
    if let method = policy.text("httpMethod"), !method.isEmpty, !method.hasPrefix("@") {
      draft.method = method.uppercased()
    }
    guard let template = policy.template("newpath") else { return }
    let path = try scope.text(of: template) { value in
      // A value must not end the path.
      ComponentEncoding.encodePath(value)
    }
    let (route, query) = split(path)
    draft.path = ComponentEncoding.encodePath(route.hasPrefix("/") ? route : "/" + route)
    draft.query += QueryItem.parse(query)
    guard !draft.path.split(separator: "/").contains(where: { $0 == ".." || $0 == "." }) else {
      throw Diagnostic(
        .policyFailure,
        "the policy '\(policy.title)' makes a path with the segment '..'",
        hint: "check the values that the policy puts into the path"
      )
    }
  }

  private static func split(_ path: String) -> (route: String, query: Substring) {
    guard let mark = path.firstIndex(of: "?") else { return (path, "") }
    return (String(path[..<mark]), path[path.index(after: mark)...])
  }
}
