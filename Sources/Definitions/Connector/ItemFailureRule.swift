package import OrderedJSON

/// Says by which of its items an answer that looks like a success is a failure.
///
/// Source: definitions/README.md, `failures`.
package struct ItemFailureRule: Hashable, Sendable {
  /// The items, as a pointer into the outputs where `*` means each element.
  package var items: JSONPointer
  /// The member of an item that tells.
  package var member: String
  /// The values of the member that mean success.
  package var expected: [JSON]
  /// The code of the action's error.
  package var code: String
  /// The member that says which item it is.
  package var name: String?
  /// The member that says why the item failed.
  package var message: String?
}
