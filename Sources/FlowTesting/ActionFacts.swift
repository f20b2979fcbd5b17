import Definitions
import Engine
import OrderedJSON
import Timekeeping

/// What expectations can say about one instance of an action.
struct ActionFacts {
  private let instance: ActionInstance?
  private let requests: [JSON]

  init(_ address: ActionAddress, _ state: RunState, _ sent: [SentRequest]) {
    instance = state.instances[address]
    let spelled = state.plan.spelled(address)
    requests = sent.filter { request in
      request.site.map { $0.flow == state.plan.flow && $0.spelled == spelled } ?? false
    }.map(\.json)
  }

  /// The fact that a member of an expectation is about; `nil` when there is none.
  func value(_ name: String) -> JSON? {
    guard let instance else { return nil }
    return switch name {
    case "status": .string(instance.status.rawValue)
    case "code": instance.code.map { .string($0) }
    case "error": instance.error
    case "inputs": instance.inputs
    case "outputs": instance.outputs
    case "attempts": .integer(Int64(instance.attempts.count))
    case "waits": .array(waits(instance))
    case "request": requests.last
    case "requests": .array(requests)
    default: nil
    }
  }

  /// Seconds between the end of each attempt and the beginning of the next.
  private func waits(_ instance: ActionInstance) -> [JSON] {
    zip(instance.attempts, instance.attempts.dropFirst()).map { earlier, later in
      let seconds = (later.startTime - earlier.endTime).seconds
      return .double((seconds * 1000).rounded() / 1000)
    }
  }
}
