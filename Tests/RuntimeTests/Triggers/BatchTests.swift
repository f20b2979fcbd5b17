import Definitions
import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

@Suite struct BatchTests {
  private static func flow(_ criteria: JSON) -> JSON {
    IntakeWorld.flow([
      "type": "Batch",
      "inputs": ["mode": "Inline", "configurations": ["b": ["releaseCriteria": criteria]]],
    ])
  }

  private static func message(_ number: Int, partition: String = "DEFAULT", id: String? = nil)
    -> Batches.Message
  {
    Batches.Message(
      flow: "f",
      trigger: "t",
      batch: "b",
      partition: partition,
      id: id ?? "m\(number)",
      content: .integer(Int64(number))
    )
  }

  private static func contents(_ bodies: [JSON]) -> [[Int64]] {
    bodies.map { body in
      (body["items"]?.arrayValue ?? []).compactMap { $0["content"]?.integerValue }
    }
  }

  @Test func `a partition is released when it has enough messages`() throws {
    let world = IntakeWorld()
    let (bodies, left) = try world.run {
      let bench = await ActiveBench(try await world.server(["f": Self.flow(["messageCount": 3])]))
      for number in 1...7 { try await bench.batches.add(Self.message(number)) }
      try await bench.batches.add(Self.message(8, partition: "p"))
      // A message of the same name is the same message.
      try await bench.batches.add(Self.message(8, partition: "p"))
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(1))
      let left = try await bench.server.store.messages(of: "t", of: "f", limit: 100)
      return (try await bench.server.bodies(), left.map(\.id))
    }
    #expect(Self.contents(bodies) == [[1, 2, 3], [4, 5, 6]])
    #expect(bodies.first?["batchName"] == "b")
    #expect(bodies.first?["partitionName"] == "DEFAULT")
    #expect(bodies.first?["items"]?[0]?["messageId"] == "m1")
    #expect(left == ["m7", "m8"])
  }

  @Test func `a recurrence releases what there is`() throws {
    let world = IntakeWorld()
    let bodies = try world.run {
      let flow = Self.flow(["recurrence": ["frequency": "Minute", "interval": 10]])
      let bench = await ActiveBench(try await world.server(["f": flow]))
      try await bench.rounds(1)
      try await bench.batches.add(Self.message(1))
      try await bench.batches.add(Self.message(2, partition: "p"))
      try await bench.rounds(2)
      return try await bench.server.bodies()
    }
    #expect(Self.contents(bodies) == [[1], [2]])
  }

  @Test(arguments: [1, 2], [true, false])
  func `messages are released once when a process dies in between`(write: Int, after: Bool) throws {
    let world = IntakeWorld()
    let bodies = try world.run {
      let flow = Self.flow(["messageCount": 2])
      let dying = DyingProcess(at: write, after: after)
      let first = await ActiveBench(
        try await world.server(["f": flow], as: "first", hooks: dying.hooks)
      )
      for number in 1...4 { try await first.batches.add(Self.message(number)) }
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(1))
      await first.server.store.close()
      let second = await ActiveBench(try await world.server(["f": flow], as: "second"))
      try await second.rounds(1)
      return try await second.server.bodies()
    }
    #expect(Self.contents(bodies) == [[1, 2], [3, 4]])
  }

  @Test func `a step that is repeated after its message was released sends nothing more`() throws {
    let world = IntakeWorld()
    let bodies = try world.run {
      let flow = Self.flow(["messageCount": 2])
      let bench = await ActiveBench(try await world.server(["f": flow]))
      var first = Self.message(1)
      first.sender = "first"
      try await bench.batches.add(first)
      try await bench.batches.add(Self.message(2))
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(1))
      // Its sender was killed before it could commit that it had sent.
      try await bench.batches.add(first)
      try await bench.batches.add(Self.message(3))
      try await bench.batches.add(Self.message(4))
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(1))
      return try await bench.server.bodies()
    }
    #expect(Self.contents(bodies) == [[1, 2], [3, 4]])
  }

  @Test func `a flow sends to the batch of another one`() throws {
    let world = IntakeWorld()
    let sender: JSON = [
      "definition": [
        "triggers": ["t": ["type": "Request", "kind": "Http"]],
        "actions": [
          "s": [
            "type": "SendToBatch",
            "inputs": [
              "host": ["triggerName": "t", "workflow": ["id": "/workflows/f"]],
              "batchName": "b", "content": "@triggerBody()", "partitionName": "@{triggerBody()}",
            ],
          ]
        ],
      ]
    ]
    let (bodies, states) = try world.run {
      let server = try await world.server(["f": Self.flow(["messageCount": 1]), "g": sender])
      let bench = await ActiveBench(server)
      _ = try await bench.server.intake.take(
        try bench.server.occurrence("g", id: "1", ["body": 7])
      )
      try await world.base.clock.sleep(until: world.base.clock.now() + .seconds(1))
      let records = try await server.store.runs(matching: RunQuery())
      return (try await server.bodies(), records.map(\.status))
    }
    #expect(Self.contents(bodies) == [[], [7]])
    #expect(bodies.last?["partitionName"] == "7")
    #expect(bodies.last?["items"]?[0]?["messageId"]?.stringValue?.utf8.count == 36)
    #expect(states == [.succeeded, .succeeded])
  }

  @Test func `there is no batch of another name`() throws {
    let world = IntakeWorld()
    try world.run {
      let bench = await ActiveBench(try await world.server(["f": Self.flow(["messageCount": 3])]))
      var wrong = Self.message(1)
      wrong.batch = "c"
      let message = wrong
      await #expect(throws: ActionFailure.self) { try await bench.batches.add(message) }
    }
  }
}
