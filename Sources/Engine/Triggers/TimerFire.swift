package import OrderedJSON
package import Timekeeping

/// One fire of a timer.
package struct TimerFire: Hashable, Sendable {
  /// When it should happen: never earlier.
  package var intended: Timestamp
  /// The window that it stands for.
  package var window: WindowSeries.Window?

  package init(intended: Timestamp, window: WindowSeries.Window? = nil) {
    self.intended = intended
    self.window = window
  }

  /// What names it among all fires of its trigger: its time, or its window.
  package var identity: String {
    guard let window else { return intended.description }
    return "\(window.start)/\(window.end)"
  }

  /// Up to where the timer has decided once this has fired.
  package var position: Timestamp { window?.end ?? intended }

  /// What `triggerOutputs()` returns.
  ///
  /// Source: workflow language reference, section e.2.
  package var outputs: JSON {
    guard let window else { return [:] }
    return [
      "windowStartTime": .string(window.start.description),
      "windowEndTime": .string(window.end.description),
    ]
  }
}
