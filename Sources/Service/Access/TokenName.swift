/// Names of tokens.
package enum TokenName {
  /// Whether it is up to 64 letters, digits and `-`, `_`, `.`, `@`.
  package static func isFit(_ name: String) -> Bool {
    (1...64).contains(name.utf8.count)
      && name.utf8.allSatisfy { byte in
        (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
          || "-_.@".utf8.contains(byte)
      }
  }
}
