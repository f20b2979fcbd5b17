/// How prominently an operation, parameter or property is shown.
///
/// Source: connector format reference, section (d), `x-ms-visibility`.
package enum Visibility: String, Hashable, Sendable {
  case important
  case normal
  case advanced
  /// Never shown; a required one with a default is filled in.
  case `internal`

  /// Reads the extension ignoring case; anything unknown counts as `normal`.
  package init(text: String?) {
    self = text.flatMap { Visibility(rawValue: $0.lowercased()) } ?? .normal
  }
}
