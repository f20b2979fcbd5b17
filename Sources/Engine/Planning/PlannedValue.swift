package import Expressions

/// A compiled template with what it reads.
package struct PlannedValue: Sendable {
  package let template: Template
  package let uses: [DataUse]
}
