internal import Synchronization

/// One number that many threads change and nobody waits for: the value of a counter or a gauge.
package final class Figure: Sendable {
  private let bits = Atomic<UInt64>(0)

  init() {}

  package var value: Double { Double(bitPattern: bits.load(ordering: .relaxed)) }

  package func set(_ value: Double) { bits.store(value.bitPattern, ordering: .relaxed) }

  package func add(_ amount: Double = 1) {
    var known = bits.load(ordering: .relaxed)
    while true {
      let sum = Double(bitPattern: known) + amount
      let result = bits.weakCompareExchange(
        expected: known,
        desired: sum.bitPattern,
        ordering: .relaxed
      )
      if result.exchanged { return }
      known = result.original
    }
  }
}
