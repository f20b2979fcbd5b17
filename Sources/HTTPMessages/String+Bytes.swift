extension String {
  /// Whether a byte of the text in UTF-8 is like this.
  ///
  /// Looks at the bytes as they lie in memory, for what is done to every request.
  @inlinable
  package func hasByte(where isFound: (UInt8) -> Bool) -> Bool {
    var text = self
    return text.withUTF8 { $0.contains(where: isFound) }
  }
}
