import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import SQLiteStore
import Seams

/// The server that works on a data folder, as other commands reach it: through its socket.
struct LocalServer: Sendable {
  private let holder: FolderClaim.Holder
  private let transport: any HTTPTransport

  /// What it answered.
  struct Answer: Sendable {
    let status: Int
    let headers: HTTPFields
    let content: JSON

    /// The code of a refusal.
    var code: String? { content["error"]?["code"]?.stringValue }
  }

  /// The server of a data folder; `nil` when none is ready.
  init?(folder: String, transport: any HTTPTransport) {
    guard let holder = FolderClaim.holder(of: folder), !holder.socket.isEmpty else { return nil }
    self.holder = holder
    self.transport = transport
  }

  /// Whether a server works on the folder, or begins to.
  static func exists(on folder: String) -> Bool { FolderClaim.holder(of: folder) != nil }

  /// Asks the server.
  ///
  /// - Throws: `CommandFailure` when it does not answer.
  func ask(_ method: String, _ target: String, _ body: JSON? = nil)
    async throws(CommandFailure) -> Answer
  {
    var headers: HTTPFields = ["Accept": "application/json"]
    if body != nil { headers.append("Content-Type", "application/json") }
    let request = HTTPRequest(
      method: method,
      scheme: "http",
      authority: "localhost",
      target: target,
      headers: headers,
      body: body?.bytes ?? []
    )
    var limits = TransferLimits.standard
    limits.totalTimeout = .seconds(300)
    limits.socketPath = holder.socket
    do throws(TransportFailure) {
      let response = try await transport.send(request, limits: limits)
      let content = (try? JSON(parsing: response.body)) ?? .null
      return Answer(status: response.status, headers: response.headers, content: content)
    } catch {
      throw CommandFailure(
        .serverUnreachable,
        "the server (process \(holder.process)) does not answer: \(error.message)",
        hint: "look at its log; without a server the commands work on the data folder themselves",
        exitCode: .unreachable
      )
    }
  }

  /// Asks the server for something that it must not refuse.
  ///
  /// - Throws: `CommandFailure` with its reason when it does.
  func demand(_ method: String, _ target: String, _ body: JSON? = nil)
    async throws(CommandFailure) -> Answer
  {
    let answer = try await ask(method, target, body)
    guard answer.status < 400 else { throw CommandFailure(answer) }
    return answer
  }

  /// Waits until a run has ended, shows its steps meanwhile, and returns its state as the journal
  /// tells it.
  ///
  /// - Throws: `CommandFailure` when the server goes away, or the run is deleted.
  func end(of run: RunID, _ session: Session) async throws(CommandFailure) -> RunState {
    let progress = RunProgress(session.workspace.context)
    async let _: Void = progress.follow()
    async let _: Void = watch(run, session, progress)
    while true {
      let record = try await session.run(named: run.text)
      if record.status.isTerminal {
        let state = try await session.state(of: record)
        progress.show(state)
        progress.end()
        return state
      }
      _ = try await demand("GET", "/api/runs/\(run)?wait=60")
    }
  }

  /// Shows what the journal of a run tells, until cancelled.
  private func watch(_ run: RunID, _ session: Session, _ progress: RunProgress) async {
    while (try? await session.environment.clock.pause(for: .milliseconds(200))) != nil {
      guard let record = try? await session.run(named: run.text),
        let state = try? await session.state(of: record)
      else { continue }
      progress.show(state)
    }
  }
}

extension CommandFailure {
  /// The reason why the server refuses something.
  init(_ answer: LocalServer.Answer) {
    let message = answer.content["error"]?["message"]?.stringValue ?? "status \(answer.status)"
    self.init(
      .refusedByServer,
      "the server refuses: \(message)",
      exitCode: answer.status == 404 ? .notFound : answer.status < 500 ? .failure : .unreachable
    )
  }
}
