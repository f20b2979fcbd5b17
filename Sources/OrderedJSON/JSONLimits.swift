/// Bounds on what the reader accepts, so that no text can exhaust memory or the stack.
package struct JSONLimits: Sendable {
  /// The largest text, in bytes; default 256 MiB.
  package var byteCount: Int
  /// The deepest nesting of arrays and objects; default 512.
  package var depth: Int

  package static let standard = JSONLimits(byteCount: 256 << 20, depth: 512)

  package init(byteCount: Int, depth: Int) {
    self.byteCount = byteCount
    self.depth = depth
  }
}
