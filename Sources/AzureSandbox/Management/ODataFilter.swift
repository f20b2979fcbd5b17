internal import HTTPMessages

/// The `$filter` of a list, as far as clients use it.
struct ODataFilter {
  private let text: String

  init(_ call: ServiceCall) {
    let query = QueryString(call.request.target)
    text = query["$filter"] ?? query["%24filter"] ?? ""
  }

  /// Whether only what counts at the scope itself is wanted.
  var isAtScope: Bool { text.contains("atScope()") }

  /// Whose assignments are wanted; `nil` for everybody's.
  var principal: String? {
    (value(of: "principalId") ?? argument(of: "assignedTo"))?.lowercased()
  }

  /// The text that a member must be equal to: `member eq 'text'`.
  func value(of member: String) -> String? {
    quoted(after: "\(member) eq '")
  }

  private func argument(of function: String) -> String? {
    quoted(after: "\(function)('")
  }

  private func quoted(after start: String) -> String? {
    let parts = text.split(separator: start, maxSplits: 1, omittingEmptySubsequences: false)
    return parts.count == 2 ? parts[1].split(separator: "'").first.map(String.init) : nil
  }
}
