package import OrderedJSON
import Seams
import Timekeeping

extension ConnectionDeclaration.Limit {
  /// `null`, `"off"`, or calls in a number of seconds.
  package var json: JSON {
    switch self {
    case .ofConnector: .null
    case .off: "off"
    case .calls(let limit):
      [
        "calls": .integer(Int64(limit.calls)),
        "renewalPeriod": Self.number(limit.renewalPeriod.seconds),
      ]
    }
  }

  /// Reads what `json` writes; `nil` for anything else.
  package init?(_ value: JSON) {
    switch value {
    case .null: self = .ofConnector
    case .string("off"): self = .off
    default:
      guard let calls = value["calls"]?.integerValue, (1...1_000_000).contains(calls),
        let period = value["renewalPeriod"]?.doubleValue, period > 0, period <= 86_400
      else { return nil }
      self = .calls(CallLimit(calls: Int(calls), renewalPeriod: .seconds(period)))
    }
  }

  private static func number(_ seconds: Double) -> JSON {
    Int64(exactly: seconds).map { .integer($0) } ?? .double(seconds)
  }
}
