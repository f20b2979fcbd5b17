/// A member that the language knows at some place.
package struct MemberShape: Sendable {
  package let name: String
  package let shape: ValueShape
  package let isRequired: Bool
  /// One sentence.
  package let summary: String

  init(_ name: String, _ shape: ValueShape, _ summary: String, isRequired: Bool = false) {
    self.name = name
    self.shape = shape
    self.summary = summary
    self.isRequired = isRequired
  }

  /// The same member where it may not be left out.
  var required: MemberShape { MemberShape(name, shape, summary, isRequired: true) }
}
