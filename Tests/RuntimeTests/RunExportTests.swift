import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

/// Runs that travel as files.
@Suite struct RunExportTests {
  private func failedRun() throws -> (SimulatedWorld, JSON, RunID) {
    let world = SimulatedWorld { request, number in
      number == 3 ? .respond(HTTPResponse(status: 400)) : .respond(IdentityService.answer(request))
    }
    let flow = try SimulatedWorld.sampleFlow("onboard-user")
    let (document, run) = try world.executor.run {
      let process = world.process("a")
      let driver = try await process.start(flow)
      _ = try await driver.end()
      let export = RunExport(worker: process.worker)
      return (try await export.document(of: driver.run), driver.run)
    }
    return (world, document, run)
  }

  @Test func `an exported run holds no secret`() throws {
    let (_, document, _) = try failedRun()
    #expect(document["format"]?.stringValue == RunExport.format)
    #expect(!document.text.contains(IdentityService.token))
    #expect(document.text.contains(IdentityService.user))
  }

  @Test func `a run looks elsewhere as it did here, and can be replayed there`() throws {
    let (_, document, run) = try failedRun()
    let parsed = try JSON(parsing: document.bytes)
    let desk = SimulatedWorld { request, _ in .respond(IdentityService.answer(request)) }
    let (imported, child) = try desk.executor.run {
      let process = desk.process("desk")
      // Both worlds draw the same names at the same time.
      try await desk.clock.sleep(until: desk.clock.now() + .seconds(60))
      let id = try await RunExport(worker: process.worker).store(parsed)
      #expect(id == run)
      let record = try await process.worker.record(id)
      let state = try await process.worker.state(of: record)
      let prepared = try await process.replay.prepare(id, .init(mode: .fromFailed))
      let child = try await process.replay.start(prepared).end()
      await #expect(throws: RuntimeFailure.self) {
        try await RunExport(worker: process.worker).store(parsed)
      }
      return (RunView.document(state), child)
    }
    #expect(imported == document["run"])
    #expect(child.status == .succeeded)
    #expect(desk.transport.requests.count == 2)
  }

  @Test(arguments: [
    "{}", "[]", #"{"format": "weir.run/1"}"#, #"{"format": "weir.run/2", "flow": "x"}"#,
    #"{"format": "weir.run/1", "flow": "x", "plan": {}, "record": {"id": ""}, "events": []}"#,
    #"""
    {"format": "weir.run/1", "flow": "x", "plan": {"definition": {"actions": {}}},
    "record": {"id": "r", "status": "Failed", "startTime": 1, "triggerName": "t",
    "triggerType": "Request"}, "events": [{"kind": "nonsense", "data": {}}]}
    """#,
  ])
  func `what is no exported run is refused`(text: String) throws {
    let world = SimulatedWorld { _, _ in .refused }
    let document = try JSON(parsing: Array(text.utf8))
    let runs = try world.executor.run { () async throws -> [RunRecord] in
      let process = world.process("a")
      await #expect(throws: RuntimeFailure.self) {
        try await RunExport(worker: process.worker).store(document)
      }
      return try await process.environment.store.runs(matching: RunQuery())
    }
    #expect(runs.isEmpty)
  }
}
