import Definitions
package import Connectors
import Diagnostics
package import Engine
import HTTPMessages
package import OrderedJSON
import Seams
import Timekeeping

/// Sends what Http and connector actions ask for: builds, waits at the gate, signs, sends, decodes.
package struct HTTPPerformer: ActionPerformer {
  private let environment: Environment
  private let connections: Connections

  package init(environment: Environment, connections: Connections) {
    self.environment = environment
    self.connections = connections
  }

  package func perform(_ request: ActionRequest) async -> AttemptResult {
    let start = environment.clock.now()
    var meter = Meter(start: start)
    let outcome: AttemptResult.Outcome
    do throws(Diagnostic) {
      outcome = try await send(request, &meter)
    } catch {
      outcome = self.outcome(of: error)
    }
    return AttemptResult(
      number: request.attempt,
      startTime: meter.start,
      endTime: environment.clock.now(),
      waitedForThrottle: meter.waited,
      outcome: outcome
    )
  }

  /// Who sends: a run, or somebody at the command line.
  private struct Origin {
    var run = RunID("")
    var pollLocation: String?
    var isUnsubscription = false
  }

  /// When the attempt really began, and how long the gate held it back before.
  private struct Meter {
    var start: Timestamp
    var waited = Duration.zero
  }

  private func send(_ request: ActionRequest, _ meter: inout Meter)
    async throws(Diagnostic) -> AttemptResult.Outcome
  {
    switch request.action.type {
    case "Http", "HttpWebhook": return try await http(request)
    case "Workflow":
      throw Diagnostic(
        .unsupportedAction,
        "the action '\(request.action.name)' calls another flow, which cannot be done here"
      )
    default: break
    }
    guard let host = HostReference(inputs: request.inputs) else {
      throw Diagnostic(
        .unknownConnection,
        "the action '\(request.action.name)' names no connection",
        hint: "write \"host\": {\"connectionName\": …, \"operationId\": …}"
      )
    }
    let connection = try await connections.connection(host.connection)
    let (call, inputs) = try call(host, request.inputs, connection)
    let origin = origin(of: request)
    return try await send(call, inputs, connection, origin, &meter)
  }

  private func origin(of request: ActionRequest) -> Origin {
    Origin(
      run: request.run,
      pollLocation: request.pollLocation,
      isUnsubscription: request.isUnsubscription
    )
  }

  // MARK: Connectors

  /// Sends one call outside any run.
  package func perform(
    call: ConnectorCall,
    parameters: JSONObject,
    connection: ActiveConnection
  ) async -> AttemptResult.Outcome {
    var meter = Meter(start: environment.clock.now())
    do throws(Diagnostic) {
      return try await send(call, .named(parameters), connection, Origin(), &meter)
    } catch {
      return outcome(of: error)
    }
  }

  private func call(
    _ host: HostReference,
    _ inputs: JSON,
    _ connection: ActiveConnection
  ) throws(Diagnostic) -> (ConnectorCall, OperationInputs) {
    if let operation = host.operation {
      let parameters = inputs["parameters"]?.objectValue ?? JSONObject()
      return (try connection.call(operation), .named(parameters))
    }
    let path = PathCall(
      method: inputs["method"]?.stringValue ?? "GET",
      path: inputs["path"]?.stringValue ?? "/",
      queries: inputs["queries"]?.objectValue ?? JSONObject(),
      headers: inputs["headers"]?.objectValue ?? JSONObject(),
      body: inputs["body"]
    )
    let match = try OperationMatcher.match(path, in: connection.connector)
    return (try connection.call(match.operation.id), .path(path))
  }

  private func send(
    _ call: ConnectorCall,
    _ inputs: OperationInputs,
    _ connection: ActiveConnection,
    _ request: Origin,
    _ meter: inout Meter
  ) async throws(Diagnostic) -> AttemptResult.Outcome {
    let gate = connections.gate(of: connection)
    var lookups: [HTTPResponse] = []
    while true {
      let step = try call.step(inputs: inputs, connection: connection.values, lookups: lookups)
      switch step {
      case .lookUp(let prepared):
        switch await exchange(prepared, gate, request, &meter) {
        case .success(let response): lookups.append(response)
        case .failure(let failure): return outcome(of: failure)
        }
      case .send(let prepared, let draft):
        let prepared = poll(prepared, for: request)
        switch await exchange(prepared, gate, request, &meter) {
        case .success(let response):
          let final = try call.response(response, to: draft, connection: connection.values)
          return self.response(final, to: prepared.request, request, decodedBy: connection, call)
        case .failure(let failure): return outcome(of: failure)
        }
      }
    }
  }

  /// Asks for the result of an accepted request instead of sending it again.
  private func poll(_ prepared: PreparedRequest, for origin: Origin) -> PreparedRequest {
    let method = origin.isUnsubscription ? "DELETE" : "GET"
    guard let location = origin.pollLocation,
      let target = HTTPRequest(method: method, url: location)
    else {
      return prepared
    }
    let followUp = FollowUp(to: target, like: prepared.request)
    let signer = followUp.keepsCredentials ? prepared.signer : nil
    return PreparedRequest(request: followUp.request, signer: signer)
  }

  private func exchange(
    _ prepared: PreparedRequest,
    _ gate: ConnectionGate,
    _ request: Origin,
    _ meter: inout Meter
  ) async -> Result<HTTPResponse, TransportFailure> {
    let pass: ConnectionGate.Pass
    do { pass = try await gate.pass(request.run) } catch {
      return .failure(TransportFailure(.cancelled, "the call was given up at the gate"))
    }
    meter.waited += pass.waited
    let departure = environment.clock.now()
    let signed = prepared.signed(at: departure, with: environment.digests)
    do throws(TransportFailure) {
      let response = try await environment.transport.send(signed, limits: .standard)
      await leave(gate, pass, departure, response)
      return .success(response)
    } catch {
      await leave(gate, pass, departure, nil)
      return .failure(error)
    }
  }

  /// Counts the call from when it had surely arrived, and obeys a service that asks for a pause.
  private func leave(
    _ gate: ConnectionGate,
    _ pass: ConnectionGate.Pass,
    _ departure: Timestamp,
    _ response: HTTPResponse?
  ) async {
    let now = environment.clock.now()
    if pass.call != nil { await gate.settle(pass, at: min(now, departure + .seconds(1))) }
    guard let response, response.status == 429 || response.status == 503,
      let pause = RetryAfter.delay(response.headers, now: now)
    else { return }
    await gate.close(until: now + pause)
  }

  // MARK: Http

  private func http(_ request: ActionRequest) async throws(Diagnostic) -> AttemptResult.Outcome {
    let built = try HTTPActionRequest.request(from: request.inputs)
    let origin = origin(of: request)
    let first = poll(PreparedRequest(request: built), for: origin).request
    switch try await follow(first) {
    case .success(let response):
      return self.response(response, to: first, origin, ResponseDecoder(), secrets: [])
    case .failure(let failure): return outcome(of: failure)
    }
  }

  /// Sends and follows redirects where that is safe.
  private func follow(_ request: HTTPRequest)
    async throws(Diagnostic) -> Result<HTTPResponse, TransportFailure>
  {
    var request = request
    var count = 0
    while true {
      let response: HTTPResponse
      do throws(TransportFailure) {
        response = try await environment.transport.send(request, limits: .standard)
      } catch {
        return .failure(error)
      }
      guard let next = try RedirectRule.next(after: request, response, count: count) else {
        return .success(response)
      }
      request = next.request
      count += 1
    }
  }

  // MARK: Outcomes

  private func response(
    _ response: HTTPResponse,
    to sent: HTTPRequest,
    _ request: Origin,
    decodedBy connection: ActiveConnection,
    _ call: ConnectorCall
  ) -> AttemptResult.Outcome {
    let connector = connection.connector
    return self.response(
      response,
      to: sent,
      request,
      ResponseDecoder(operation: call.operation, of: connector),
      secrets: SecretMembers.pointers(for: call.operation, of: connector).map(\.description)
    )
  }

  private func response(
    _ response: HTTPResponse,
    to sent: HTTPRequest,
    _ request: Origin,
    _ decoder: ResponseDecoder,
    secrets: [String]
  ) -> AttemptResult.Outcome {
    let now = environment.clock.now()
    let poll = AsynchronousAnswer.next(
      after: sent,
      response,
      now: now,
      isPoll: request.pollLocation != nil
    )
    return .response(
      AttemptResult.Response(
        statusCode: response.status,
        outputs: .object(decoder.outputs(of: response)),
        retryAfter: RetryAfter.delay(response.headers, now: now),
        pollLocation: poll?.followUp.request.url,
        secretPointers: secrets
      )
    )
  }

  private func outcome(of problem: Diagnostic) -> AttemptResult.Outcome {
    .failure(
      code: "BadRequest",
      message: [problem.message, problem.hint].compactMap { $0 }.joined(separator: "; "),
      isTransient: false
    )
  }

  private func outcome(of failure: TransportFailure) -> AttemptResult.Outcome {
    .failure(
      code: failure.kind == .timeout ? "GatewayTimeout" : "BadGateway",
      message: failure.message,
      isTransient: failure.isTransient
    )
  }
}
