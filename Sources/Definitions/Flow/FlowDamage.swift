import Diagnostics
package import OrderedJSON

/// The parts of a flow that could not be read, because its text is not JSON.
package struct FlowDamage: Sendable {
  let pointers: [JSONPointer]
  /// Whether the text is not JSON, so that something may be missing that its author has in mind.
  private let isPresent: Bool

  /// No damage.
  package init() {
    pointers = []
    isPresent = false
  }

  /// Of a text that is not JSON, with what could not be read of it, if anything.
  package init(_ pointers: [JSONPointer]) {
    self.pointers = pointers
    isPresent = true
  }

  /// Whether a problem may come of a part that could not be read.
  func explains(_ code: DiagnosticCode, at pointer: JSONPointer) -> Bool {
    guard isPresent else { return false }
    if Self.absences.contains(code) { return true }
    return pointers.contains { damaged in
      zip(damaged.tokens, pointer.tokens).allSatisfy { $0 == $1 }
    }
  }

  /// Problems for want of something that may stand in what was not read.
  private static let absences: Set<DiagnosticCode> = [
    .notAFlow, .missingTrigger, .unknownPredecessor, .unknownReference, .cannotHaveRun,
    .mayNotHaveRun, .unreachableAction,
  ]
}
