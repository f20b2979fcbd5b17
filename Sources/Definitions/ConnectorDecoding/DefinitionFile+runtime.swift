internal import Diagnostics
internal import OrderedJSON

/// Complaints about `runtime.json`.
extension DefinitionFile {
  mutating func reportDefect(_ message: String, hint: String? = nil, at tokens: [String]) {
    report(.runtimeSettingsDefect, message, hint: hint, severity: .error, at: tokens)
  }

  /// A misspelt member would be read as if it were absent.
  mutating func reportUnknownMembers(
    of value: JSON,
    among known: [String],
    at tokens: [String]
  ) {
    for key in value.objectValue?.keys.map({ $0 }) ?? [] where !known.contains(key) {
      let nearest = NearestName.suggestion(for: key, among: known)
      reportDefect(
        tokens.isEmpty ? "runtime.json has no member '\(key)'" : "there is no member '\(key)' here",
        hint: nearest.map { "did you mean '\($0)'?" } ?? "known: \(known.joined(separator: ", "))",
        at: tokens + [key]
      )
    }
  }

  /// A name that must be one of several, such as an operationId or a signer.
  mutating func reportUnknownName(
    _ name: String,
    _ what: String,
    among known: [String],
    at tokens: [String]
  ) {
    let nearest = NearestName.suggestion(for: name, among: known)
    reportDefect(
      "\(what) '\(name)'",
      hint: nearest.map { "did you mean '\($0)'?" }
        ?? (known.isEmpty ? nil : "known: \(known.prefix(12).joined(separator: ", "))"),
      at: tokens
    )
  }
}
