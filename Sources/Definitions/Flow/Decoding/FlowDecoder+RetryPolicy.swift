import Diagnostics
import OrderedJSON

extension FlowDecoder {
  /// The policy that `inputs.retryPolicy` states, or the standard one.
  ///
  /// Source: workflow language reference, section f.5.
  mutating func retryPolicy(_ definition: JSONObject, _ pointer: JSONPointer) -> RetryPolicy {
    let place = pointer.appending("inputs").appending("retryPolicy")
    guard let value = definition["inputs"]?["retryPolicy"] else { return .standard }
    let policy = object(value, place)
    switch policy["type"]?.stringValue?.lowercased() {
    case "none": return .never
    case "default", nil: return .standard
    case "fixed": return explicit(.fixed, policy, place)
    case "exponential": return explicit(.exponential, policy, place)
    case let other?:
      report(
        .invalidRetryPolicy,
        "'\(other)' is no retry policy",
        place.appending("type"),
        hint: "use none, fixed, exponential or default"
      )
      return .standard
    }
  }

  private mutating func explicit(
    _ kind: RetryPolicy.Kind,
    _ policy: JSONObject,
    _ pointer: JSONPointer
  ) -> RetryPolicy {
    let count = policy["count"]?.integerValue
    if count == nil || !(1...90).contains(count ?? 0) {
      report(
        .invalidRetryPolicy,
        "a \(kind.rawValue) retry policy needs a 'count' from 1 to 90",
        policy["count"] == nil ? pointer : pointer.appending("count")
      )
    }
    let interval = duration(policy["interval"], pointer.appending("interval"))
    if policy["interval"] == nil {
      report(
        .invalidRetryPolicy,
        "a \(kind.rawValue) retry policy needs an 'interval'",
        pointer,
        hint: "add \"interval\": \"PT10S\""
      )
    }
    let minimum = duration(policy["minimumInterval"], pointer.appending("minimumInterval"))
    let maximum = duration(policy["maximumInterval"], pointer.appending("maximumInterval"))
    return RetryPolicy(
      kind: kind,
      count: Int(min(max(count ?? 4, 1), 90)),
      interval: interval ?? RetryPolicy.standard.interval,
      minimumInterval: minimum ?? .seconds(5),
      maximumInterval: maximum ?? (kind == .fixed ? .seconds(86_400) : .seconds(3600))
    )
  }
}
