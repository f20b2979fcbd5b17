/// Every task of a simulation waits, and none of them for time.
package struct SimulationStalled: Error, CustomStringConvertible {
  package init() {}

  package var description: String { "every task waits and no deadline is set" }
}
