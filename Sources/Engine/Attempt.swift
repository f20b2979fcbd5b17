package import OrderedJSON
package import Timekeeping

/// One request of an action, sent or tried.
package struct Attempt: Equatable, Sendable {
  /// Counted from 1.
  package var number: Int
  package var startTime: Timestamp
  package var endTime: Timestamp
  package var statusCode: Int?
  /// `{"code", "message"}` when there was no success.
  package var error: JSON?
  /// How long the connection's gate held the request back.
  package var waitedForThrottle: Duration

  package init(
    number: Int,
    startTime: Timestamp,
    endTime: Timestamp,
    statusCode: Int? = nil,
    error: JSON? = nil,
    waitedForThrottle: Duration = .zero
  ) {
    self.number = number
    self.startTime = startTime
    self.endTime = endTime
    self.statusCode = statusCode
    self.error = error
    self.waitedForThrottle = waitedForThrottle
  }

  /// How an attempt ended, as the journal keeps it.
  init(_ result: AttemptResult, statusCode: Int? = nil, error: JSON?) {
    self.init(
      number: result.number,
      startTime: result.startTime,
      endTime: result.endTime,
      statusCode: statusCode,
      error: error,
      waitedForThrottle: result.waitedForThrottle
    )
  }
}
