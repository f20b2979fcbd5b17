/// What of an action's record must not be seen in the clear.
package struct Secrecy: Hashable, Sendable {
  package var inputs: Bool
  package var outputs: Bool
  /// JSON pointers into the outputs whose values are secret, such as `/body/token`.
  package var outputPointers: [String]

  package static let none = Secrecy(inputs: false, outputs: false, outputPointers: [])

  package init(inputs: Bool, outputs: Bool, outputPointers: [String]) {
    self.inputs = inputs
    self.outputs = outputs
    self.outputPointers = outputPointers
  }

  package var isNone: Bool { !inputs && !outputs && outputPointers.isEmpty }
}
