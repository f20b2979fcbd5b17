/// The name of a process that drives runs, new for every process start.
package struct OwnerID: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }
}
