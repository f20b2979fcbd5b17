package import OrderedJSON

/// Something that an expression refers to by name, and where it does so.
package struct LocatedReference: Hashable, Sendable {
  package var reference: Reference
  /// The string that holds the expression, inside the value that was looked at.
  package var pointer: JSONPointer
  /// Whether it is the key of the member that the pointer leads to.
  package var isKey: Bool
  /// The name with its quotes, or the whole call, in bytes of UTF-8 from the start of the string.
  package var range: Range<Int>
}
