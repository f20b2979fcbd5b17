package import Diagnostics
package import OrderedJSON

/// Collects the problems of a flow with their places; without a source they have none.
package struct FlowReport {
  package private(set) var diagnostics: [Diagnostic] = []
  private let source: FlowSource?

  package init(source: FlowSource?) { self.source = source }

  package mutating func add(contentsOf other: FlowReport) { diagnostics += other.diagnostics }

  package mutating func add(
    _ code: DiagnosticCode,
    _ message: String,
    _ pointer: JSONPointer,
    hint: String? = nil,
    severity: Diagnostic.Severity = .error,
    onKey: Bool = false,
    within range: Range<Int>? = nil,
    member: String? = nil
  ) {
    if source?.damage.explains(code, at: pointer) == true { return }
    let location =
      switch range {
      case nil: source?.location(of: pointer, onKey: onKey)
      case let range? where onKey: source?.keyLocation(of: pointer, within: range)
      case let range?: source?.location(of: pointer, within: range)
      }
    diagnostics.append(
      Diagnostic(
        code,
        message,
        hint: hint,
        severity: severity,
        location: location,
        pointer: pointer.description,
        member: member
      )
    )
  }
}
