import Diagnostics
import HTTPMessages
import Timekeeping

/// Says when a wrong clock may be why a signed statement was refused.
enum ClockSkew {
  private static let tolerance = Duration.seconds(120)

  static func explain(_ problem: Diagnostic, _ response: HTTPResponse, _ now: Timestamp)
    -> Diagnostic
  {
    guard let there = response.headers["Date"].flatMap({ HTTPDate.timestamp($0) }) else {
      return problem
    }
    let isAhead = now > there
    let distance = isAhead ? now - there : there - now
    guard distance > tolerance else { return problem }
    var explained = problem
    explained.hint =
      "the clock of this machine is \(Int64(distance.seconds)) s \(isAhead ? "ahead" : "behind"); "
      + "set it; " + (problem.hint ?? "")
    return explained
  }
}
