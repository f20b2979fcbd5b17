/// A simulation that comes to no end.
package struct SimulationStalled: Error, CustomStringConvertible {
  /// Whether there is always something to do, or never.
  package let isBusy: Bool

  package init(isBusy: Bool = false) { self.isBusy = isBusy }

  package var description: String {
    isBusy
      ? "the tasks keep each other busy and come to no end"
      : "every task waits and no deadline is set"
  }
}
