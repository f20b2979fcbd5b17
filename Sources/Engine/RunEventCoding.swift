import OrderedJSON
import Definitions
package import Timekeeping

/// Turns events into the bytes of the journal and back.
///
/// The form is JSON with short fixed member names; unknown members are ignored when reading, so
/// that a newer version may add some.
package enum RunEventCoding {
  /// The kind under which the journal lists the event.
  package static func kind(of event: RunEvent) -> String {
    switch event {
    case .runStarted: "runStarted"
    case .carriedOver: "carriedOver"
    case .actionStarted: "actionStarted"
    case .departed: "departed"
    case .attemptEnded: "attemptEnded"
    case .iterationTested: "iterationTested"
    case .subscribed: "subscribed"
    case .unsubscribing: "unsubscribing"
    case .unsubscribed: "unsubscribed"
    case .actionEnded: "actionEnded"
    case .actionCarried: "actionCarried"
    case .cancelRequested: "cancelRequested"
    case .runEnded: "runEnded"
    }
  }

  /// Whether the event holds something that must not be stored in the clear.
  package static func isSecret(_ event: RunEvent) -> Bool {
    switch event {
    case .runStarted(let event): event.isSecret
    case .actionStarted(let event):
      event.isSecret || event.inputs.map(CredentialMembers.arePresent) ?? false
    case .actionEnded(let event): !event.secrecy.isNone || event.variable?.isSecret == true
    case .carriedOver(let event): event.results.values.contains(where: CarriedResultCoding.isSecret)
    case .runEnded(let event): event.isSecret
    // Addresses that a service hands out often carry a key.
    case .attemptEnded(let event): event.pollLocation != nil
    case .subscribed(let event): event.location != nil
    case .unsubscribing(let event): event.isSecret || event.location != nil
    case .departed, .iterationTested, .unsubscribed, .actionCarried, .cancelRequested: false
    }
  }

  package static func time(of event: RunEvent) -> Timestamp {
    switch event {
    case .runStarted(let event): event.time
    case .carriedOver(let event): event.time
    case .actionStarted(let event): event.time
    case .departed(let event): event.time
    case .attemptEnded(let event): event.attempt.endTime
    case .iterationTested(let event): event.time
    case .subscribed(let event): event.time
    case .unsubscribing(let event): event.time
    case .unsubscribed(let event): event.time
    case .actionEnded(let event): event.time
    case .actionCarried(let event): event.time
    case .cancelRequested(let time): time
    case .runEnded(let event): event.time
    }
  }

  package static func encode(_ event: RunEvent, plan: Plan) -> [UInt8] {
    var writer = EventWriter(plan: plan)
    writer.write(event)
    return writer.bytes
  }

  /// The event, `nil` when its kind or form is unknown or names an action that the plan lacks.
  package static func decode(kind: String, bytes: [UInt8], plan: Plan) -> RunEvent? {
    guard let value = try? JSON(parsing: bytes), let object = value.objectValue else { return nil }
    return EventReader(object: object, plan: plan).event(kind)
  }
}
