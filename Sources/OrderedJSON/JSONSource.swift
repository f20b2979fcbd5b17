/// Where a parsed value and its parts stand in the text.
///
/// The tree has the shape of the value: one child for each element or member, in the same order.
package final class JSONSource: Sendable {
  /// The bytes of the value itself.
  package let range: Range<Int>
  /// The bytes of the member's key with its quotes, for a member of an object.
  package let keyRange: Range<Int>?
  package let children: [JSONSource]

  package init(range: Range<Int>, keyRange: Range<Int>?, children: [JSONSource]) {
    self.range = range
    self.keyRange = keyRange
    self.children = children
  }
}
