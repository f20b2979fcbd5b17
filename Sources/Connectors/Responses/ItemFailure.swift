package import Definitions
package import OrderedJSON

/// What the items of an answer say against its success.
///
/// Source: definitions/README.md, `failures`.
package struct ItemFailure: Hashable, Sendable {
  package var code: String
  /// How many failed, and why the first ones did.
  package var message: String

  private static let shownItems = 3

  /// `nil` when no item failed.
  package init?(in outputs: JSON, by rule: ItemFailureRule) {
    let items = ItemPointer.items(at: rule.items.tokens, in: outputs)
    let failed = items.filter { item in
      !rule.expected.contains { $0 == item[rule.member] ?? .null }
    }
    guard !failed.isEmpty else { return nil }
    code = rule.code
    let reasons = failed.prefix(Self.shownItems).map { Self.reason(of: $0, rule) }
    let more = failed.count > Self.shownItems ? "; …" : ""
    message =
      "\(failed.count) of \(items.count) failed: \(reasons.joined(separator: "; "))\(more)"
  }

  private static func reason(of item: JSON, _ rule: ItemFailureRule) -> String {
    let name = rule.name.flatMap { item[$0]?.stringValue }.map { "'\($0)': " } ?? ""
    let message = rule.message.flatMap { item[$0]?.stringValue }
    return name + (message ?? "\(rule.member) is \((item[rule.member] ?? .null).text)")
  }
}
