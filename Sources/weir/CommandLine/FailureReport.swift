import Connectors
import Crypto
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// What went wrong in a run: the step that failed, the request that it made, and what to try.
struct FailureReport {
  private let state: RunState
  private let session: Session

  init(_ state: RunState, _ session: Session) {
    self.state = state
    self.session = session
  }

  /// Prints the first step that failed, unless the command prints JSON.
  func show() async {
    let context = session.workspace.context
    guard !context.wantsJSON, state.status == .failed, let address = culprit,
      let step = state.instances[address]
    else { return }
    for line in await lines(address, step) { context.print(line) }
  }

  /// The first failure inside everything that failed because of it.
  private var culprit: ActionAddress? {
    state.order.first { address in
      guard let status = state.instances[address]?.status else { return false }
      return (status == .failed || status == .timedOut)
        && !state.plan.actions[address.action].step.isContainer
    }
  }

  private func lines(_ address: ActionAddress, _ step: ActionInstance) async -> [String] {
    let name = state.plan.spelled(address)
    let run = state.started?.run ?? "RUN"
    var lines = ["", "What failed: \(name)"]
    if let request = await request(address, step) {
      lines += Self.labelled("request", request)
    }
    let answer = RunView.outputs(of: step)
    if let status = answer["statusCode"], let body = answer["body"] {
      lines += Self.labelled("answer", ["\(status.text) \(Self.short(body.text))"])
    } else if let error = step.error {
      let words = [error["code"], error["message"]].compactMap { $0?.shownText }
      lines += Self.labelled("error", [words.joined(separator: ": ")])
    }
    lines += Self.labelled("try", advice(address, step, run))
    return lines
  }

  private static func labelled(_ label: String, _ lines: [String]) -> [String] {
    lines.enumerated().map { index, line in
      let head = index == 0 ? label : ""
      return "  " + head.padding(to: 9) + line
    }
  }

  private static func short(_ text: String) -> String {
    text.count <= 500 ? text : text.prefix(500) + "…"
  }

  // MARK: The request

  /// Its first line and its body, secrets masked.
  private func request(_ address: ActionAddress, _ step: ActionInstance) async -> [String]? {
    guard case .request = state.plan.actions[address.action].step, !step.attempts.isEmpty
    else { return nil }
    guard !step.secrecy.inputs, let inputs = step.inputs else {
      return ["not shown, because its inputs are secret"]
    }
    guard let request = await masked(inputs) else {
      let words = [inputs["method"], inputs["uri"]].compactMap { $0?.stringValue }
      return words.isEmpty ? nil : [words.joined(separator: " ")]
    }
    var lines = ["\(request.method) \(request.url)"]
    if let body = String(validating: request.body, as: UTF8.self), !body.isEmpty {
      lines.append(Self.short(body))
    }
    return lines
  }

  private func masked(_ inputs: JSON) async -> HTTPRequest? {
    guard let host = HostReference(inputs: inputs), let operation = host.operation,
      let connection = try? await session.connections.unsigned(host.connection),
      let call = try? connection.call(operation)
    else { return nil }
    let parameters = inputs["parameters"]?.objectValue ?? JSONObject()
    let shown = ConnectorRequest(call: call, parameters: parameters, connection: connection)
    return try? shown.masked(at: session.environment.clock.now())
  }

  // MARK: Advice

  private func advice(_ address: ActionAddress, _ step: ActionInstance, _ run: String) -> [String] {
    let name = state.plan.actions[address.action].name
    var lines: [String] = []
    let connection = step.inputs.flatMap { HostReference(inputs: $0) }?.connection
    switch step.attempts.last?.statusCode {
    case 401?, 403?:
      if step.inputs?["parameters"]?["Access-Token"] != nil {
        lines.append("a new access token: the one of this step may have expired or been revoked")
      }
      lines.append(
        connection.map { "weir connection test \($0)   whether its credentials are accepted" }
          ?? "whether the credentials of the request are accepted"
      )
    case 429?:
      lines.append("a lower limit for the connection in connections.json, or a longer retryPolicy")
    case .some(500...): lines.append("again later: the service itself reports the error")
    case nil where !step.attempts.isEmpty:
      lines.append("whether the service can be reached from this machine: weir doctor")
    default: break
    }
    lines.append("weir run show \(run) --explain \(name)   its expressions with their values")
    lines.append("weir run resubmit \(run) --from-failed   once it is mended")
    return lines
  }
}

extension String {
  /// The text with spaces up to a width.
  fileprivate func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
