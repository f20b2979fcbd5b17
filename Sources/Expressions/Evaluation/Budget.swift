/// Bounds on one evaluation, so that no expression can exhaust the machine.
///
/// Source: workflow language reference, sections c.1, c.2 and f.7.
package struct Budget: Sendable {
  /// Nodes evaluated and array elements produced; default 10,000,000.
  package var steps: Int
  /// The longest text, in UTF-16 units; default 104,857,600.
  package var textLength: Int
  /// The largest count for `range()`; default 100,000.
  package var rangeCount: Int
  /// The deepest nesting of calls; default 200.
  package var depth: Int

  package static let standard = Budget()

  package init(
    steps: Int = 10_000_000,
    textLength: Int = 104_857_600,
    rangeCount: Int = 100_000,
    depth: Int = 200
  ) {
    self.steps = steps
    self.textLength = textLength
    self.rangeCount = rangeCount
    self.depth = depth
  }
}
