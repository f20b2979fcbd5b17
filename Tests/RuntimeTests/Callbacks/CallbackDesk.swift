import Connectors
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Synchronization
import Testing
import Timekeeping

/// A receiver with all that is behind it, and who sends to it.
struct CallbackDesk: Sendable {
  let server: IntakeWorld.Server
  let receiver: CallbackReceiver

  init(_ server: IntakeWorld.Server, subscriptions: (any SubscriptionRegister)? = nil) {
    self.server = server
    let desk = Drivers(intake: server.intake)
    receiver = CallbackReceiver(
      CallbackReceiver.Parts(
        worker: server.process.worker,
        catalog: server.catalog,
        flows: server.flows,
        intake: desk,
        delivery: desk,
        keys: CallbackKeys(environment: server.process.environment),
        runs: server.runs,
        subscriptions: subscriptions
      )
    )
  }

  /// Remembers the drivers of runs, so that something can be delivered to them.
  private final class Drivers: TriggerIntake, RunDelivery {
    let intake: RunIntake
    let drivers = Mutex<[RunID: RunDriver]>([:])

    init(intake: RunIntake) { self.intake = intake }

    func take(_ occurrence: TriggerOccurrence) async throws(RuntimeFailure) -> TriggerReceipt {
      let receipt = try await intake.take(occurrence)
      if case .started(let started) = receipt {
        drivers.withLock { known in for driver in started { known[driver.run] = driver } }
      }
      return receipt
    }

    func deliver(_ input: RunInput, to run: RunID) async throws(RuntimeFailure) {
      guard let driver = drivers.withLock({ $0[run] }) else { throw .unknownRun(run) }
      await driver.post(input)
    }
  }

  /// The signed address of a trigger.
  func address(_ flow: String = "f") async throws -> String {
    let trigger = try #require(server.catalog.flow(flow)?.triggers.first)
    let document = try await server.addresses.address(
      of: trigger,
      flow: flow,
      base: IntakeWorld.address
    )
    return try #require(document?["value"]?.stringValue)
  }

  func send(
    _ url: String,
    _ body: JSON? = nil,
    method: String = "POST",
    headers: HTTPFields = HTTPFields()
  ) async throws -> HTTPResponse {
    var request = try #require(HTTPRequest(method: method, url: url, headers: headers))
    if let body {
      request.body = body.bytes
      request.headers["Content-Type"] = "application/json"
    }
    return await receiver.receive(request)
  }
}

extension HTTPResponse {
  var json: JSON? { try? JSON(parsing: body) }
  var errorCode: String? { json?["error"]?["code"]?.stringValue }
}
