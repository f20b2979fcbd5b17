import Crypto
import Definitions
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// The flows of a simulation, compiled once for all of its processes.
struct SimulatedFlows: Sendable {
  private let prepared: [String: PreparedFlow]
  let served: [ServedFlow]

  /// - Throws: `Violation` when a flow that was made cannot be read or compiled.
  init(_ files: [(name: String, file: JSON)], now: Timestamp) throws(Violation) {
    var prepared: [String: PreparedFlow] = [:]
    var served: [ServedFlow] = []
    for (name, file) in files {
      let flow = try Self.prepare(name, file)
      prepared[name] = flow
      served.append(
        ServedFlow(
          name: name,
          planHash: flow.stored.hash,
          triggers: flow.plan.triggers,
          changed: now,
          isEnabled: true,
          path: nil
        )
      )
    }
    self.prepared = prepared
    self.served = served
  }

  private static func prepare(_ name: String, _ file: JSON) throws(Violation) -> PreparedFlow {
    let read = FlowReader.read(name: name, file: name, bytes: file.bytes)
    guard let flow = read.flow else {
      throw Violation(.invalid, "the flow cannot be read: \(read.diagnostics): \(file.text)")
    }
    do throws(RuntimeFailure) {
      return try PreparedFlow(
        flow,
        parameters: ["secret": .string(Secrets.parameter)],
        digests: .openSSL
      )
    } catch {
      throw Violation(.invalid, "the flow cannot be compiled: \(error): \(file.text)")
    }
  }

  /// - Throws: `Diagnostic` when there is no flow of this name.
  func flow(_ name: String) throws(Diagnostic) -> PreparedFlow {
    guard let flow = prepared[name] else {
      throw Diagnostic(.unknownFlow, "there is no flow '\(name)'")
    }
    return flow
  }

  /// All plans with their hashes.
  var plans: [(plan: Plan, hash: String)] { prepared.values.map { ($0.plan, $0.stored.hash) } }
}
