package import OrderedJSON

/// A secret that a flow file holds as plain text.
package struct ClearSecret: Hashable, Sendable {
  package var pointer: JSONPointer
  /// The bytes of the string in the file, with its quotes.
  package var range: Range<Int>
  /// What it seems to be: `the password of an authentication`.
  package var what: String
}
