import Diagnostics
import OrderedJSON

extension FlowDecoder {
  /// The policy that `inputs.retryPolicy` states, or the standard one.
  ///
  /// Source: workflow language reference, section f.5.
  mutating func retryPolicy(_ definition: JSONObject, _ pointer: JSONPointer) -> RetryPolicy {
    let inputs = pointer.appending("inputs")
    // A webhook has its policy beside the address that it subscribes at.
    let isWebhook = definition["inputs"]?["subscribe"]?["retryPolicy"] != nil
    let place = (isWebhook ? inputs.appending("subscribe") : inputs).appending("retryPolicy")
    let owner = isWebhook ? definition["inputs"]?["subscribe"] : definition["inputs"]
    guard let value = owner?["retryPolicy"] else { return .standard }
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
        hint: NearestName.suggestion(for: other, among: Self.policies)
          .map { "did you mean '\($0)'?" } ?? "use \(Self.policies.joined(separator: ", "))"
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
        policy["count"] == nil ? pointer : pointer.appending("count"),
        hint: policy["count"] == nil ? "add \"count\": 4" : "write a whole number such as 4",
        member: policy["count"] == nil ? "count" : nil
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
    if let interval, !Self.intervals.contains(interval) {
      report(
        .invalidRetryPolicy,
        "the 'interval' of a retry policy is at least PT1S and at most P1D",
        pointer.appending("interval"),
        hint: "write PT10S for ten seconds"
      )
    }
    let minimum = duration(policy["minimumInterval"], pointer.appending("minimumInterval"))
    let maximum = duration(policy["maximumInterval"], pointer.appending("maximumInterval"))
    if let minimum, let maximum, minimum > maximum {
      report(
        .invalidRetryPolicy,
        "'minimumInterval' is longer than 'maximumInterval'",
        pointer.appending("minimumInterval"),
        hint: "exchange them, or leave one out"
      )
    }
    return RetryPolicy(
      kind: kind,
      count: Int(min(max(count ?? 4, 1), 90)),
      interval: interval ?? RetryPolicy.standard.interval,
      minimumInterval: minimum ?? .seconds(5),
      maximumInterval: maximum ?? (kind == .fixed ? .seconds(86_400) : .seconds(3600))
    )
  }

  private static let policies = ["none", "fixed", "exponential", "default"]

  private static let intervals = Duration.seconds(1)...Duration.seconds(86_400)
}
