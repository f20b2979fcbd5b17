import Definitions
import Engine
import OrderedJSON
import Timekeeping

/// An event of a run as streams tell it: what happened to what, without contents.
enum RunEventDocument {
  /// The sequence is its place in the journal, counted from 1.
  static func json(_ event: RunEvent, sequence: Int, plan: Plan) -> JSON {
    var object: JSONObject = [
      "sequence": .integer(Int64(sequence)),
      "time": .string(RunEventCoding.time(of: event).description),
    ]
    switch event {
    case .runStarted(let event):
      object["run"] = .string(event.run)
      object["flow"] = .string(event.flow)
      object["trigger"] = .string(event.triggerName)
    case .carriedOver(let event): object["carriedFrom"] = .string(event.run)
    case .actionCarried(let event):
      add(event.address, plan, to: &object)
      object["isCarried"] = true
    case .actionStarted(let event):
      add(event.address, plan, to: &object)
      object["status"] = "Running"
      object["dueTime"] = event.due.map { .string($0.description) }
    case .departed(let event): add(event.address, plan, to: &object)
    case .attemptEnded(let event):
      add(event.address, plan, to: &object)
      add(event.attempt, to: &object)
      object["nextTime"] = .string(event.next.description)
    case .iterationTested(let event):
      add(event.address, plan, to: &object)
      object["isDone"] = .bool(event.isDone)
    case .subscribed(let event):
      add(event.address, plan, to: &object)
      object["status"] = "Waiting"
    case .unsubscribing(let event): add(event.address, plan, to: &object)
    case .unsubscribed(let event): add(event.address, plan, to: &object)
    case .actionEnded(let event):
      add(event.address, plan, to: &object)
      object["status"] = .string(event.status.rawValue)
      object["code"] = .string(event.code)
      object["error"] = event.error
      if let attempt = event.attempt { add(attempt, to: &object) }
    case .cancelRequested: break
    case .runEnded(let event):
      object["status"] = .string(event.status.rawValue)
      object["code"] = event.code.map { .string($0) }
      object["error"] = event.error
    }
    return .object(object)
  }

  private static func add(_ address: ActionAddress, _ plan: Plan, to object: inout JSONObject) {
    object["action"] = .string(plan.actions[address.action].name)
    object["type"] = .string(plan.actions[address.action].type)
    object["indices"] = .array(address.indices.map { .integer(Int64($0)) })
  }

  private static func add(_ attempt: Attempt, to object: inout JSONObject) {
    object["attempt"] = .integer(Int64(attempt.number))
    object["statusCode"] = attempt.statusCode.map { .integer(Int64($0)) }
    if attempt.waitedForThrottle > .zero {
      object["waitedForThrottle"] = .double(attempt.waitedForThrottle.seconds)
    }
    if object["error"] == nil { object["error"] = attempt.error }
  }
}
