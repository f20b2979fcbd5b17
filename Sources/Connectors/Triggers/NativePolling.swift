package import Definitions
package import HTTPMessages
package import OrderedJSON
package import Timekeeping

/// A trigger whose service says itself whether there is something, and where to ask next.
///
/// Source: connector format reference, section (g), polling, native.
package enum NativePolling {
  package struct Outcome: Sendable {
    /// Outputs that start runs.
    package var fired: [JSONObject]
    /// Where to ask next; `nil` means the original request again.
    package var next: FollowUp?
    /// How long to wait at least; the recurrence counts when it is longer.
    package var delay: Duration?
  }

  /// 200 fires, 202 does not; anything else is a failure and handled as one.
  package static func outcome(
    of response: HTTPResponse,
    to request: HTTPRequest,
    shape: TriggerShape,
    now: Timestamp
  ) -> Outcome {
    Outcome(
      fired: response.status == 200 ? outputs(of: response, shape) : [],
      next: location(of: response, to: request).map { FollowUp(to: $0, like: request) },
      delay: RetryAfter.delay(response.headers, now: now)
    )
  }

  /// The address that a `Location` names; never one without protection when the request had some.
  package static func location(of response: HTTPResponse, to request: HTTPRequest) -> HTTPRequest? {
    guard let location = response.headers["Location"],
      let target = URLReference.resolve(location, against: request),
      request.scheme == "http" || target.scheme == "https"
    else { return nil }
    return target
  }

  private static func outputs(of response: HTTPResponse, _ shape: TriggerShape) -> [JSONObject] {
    let outputs = ResponseDecoder().outputs(of: response)
    guard shape == .batch, let items = outputs["body"].flatMap(TriggerItems.items) else {
      return [outputs]
    }
    return items.map { item in
      var single = outputs
      single["body"] = item
      return single
    }
  }
}
