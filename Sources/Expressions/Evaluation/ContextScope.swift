package import OrderedJSON
package import Timekeeping

/// A scope read from a JSON object, for `weir eval --context` and for tests.
///
/// Keys are `parameters`, `variables`, `trigger`, `actions`, `action`, `item`, `items`,
/// `iterationIndexes`, `workflow`, `appsettings`, `results`, `callbackUrl` and `now`.
///
/// Source: command line contract; workflow language reference, golden file format.
package final class ContextScope: Scope {
  private let context: JSON
  package let now: Timestamp
  private var state: UInt64

  /// - Parameters:
  ///   - context: Values by key; unknown keys are ignored.
  ///   - now: The time when the context gives none.
  ///   - seed: Where the sequence of random numbers starts.
  /// - Throws: E0303 when `now` of the context is no time.
  package init(
    _ context: JSON,
    now: Timestamp = Timestamp(ticks: 0),
    seed: UInt64 = 0
  ) throws(ExpressionError) {
    self.context = context
    state = seed
    guard let text = context["now"]?.stringValue else {
      self.now = now
      return
    }
    self.now = try TimeArgument.parse(text, "now").timestamp
  }

  package func parameter(named name: String) -> JSON? { value(name, in: "parameters") }
  package func variable(named name: String) -> JSON? { value(name, in: "variables") }
  package var trigger: JSON? { context["trigger"] }
  package func action(named name: String) -> JSON? { value(name, in: "actions") }
  package var currentAction: JSON? { context["action"] }
  package var item: JSON? { context["item"] }
  package func item(ofLoop name: String) -> JSON? { value(name, in: "items") }

  package func iterationIndex(ofUntil name: String) -> Int? {
    value(name, in: "iterationIndexes")?.integerValue.flatMap { Int(exactly: $0) }
  }

  package func result(ofScope name: String) -> JSON? { value(name, in: "results") }
  package var workflow: JSON? { context["workflow"] }
  package func appSetting(named name: String) -> JSON? { value(name, in: "appsettings") }
  package var callbackURL: String? { context["callbackUrl"]?.stringValue }

  /// The next number of a fixed sequence.
  ///
  /// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators" (SplitMix64).
  package func randomNumber() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  private func value(_ name: String, in key: String) -> JSON? {
    context[key]?.objectValue?.value(ignoringCaseOf: name)
  }
}
