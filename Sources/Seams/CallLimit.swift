/// How many calls a connection allows in any window of a length.
package struct CallLimit: Hashable, Sendable {
  package var calls: Int
  package var renewalPeriod: Duration

  package init(calls: Int, renewalPeriod: Duration) {
    self.calls = calls
    self.renewalPeriod = renewalPeriod
  }
}
