import Definitions
import OrderedJSON
import Testing
import Timekeeping

@testable import Runtime

@Suite struct ReadyTriggersTests {
  private static func flow(_ planHash: String = "1") throws -> ServedFlow {
    let written: JSON = [
      "definition": [
        "triggers": [
          "hourly": ["type": "Recurrence", "recurrence": ["frequency": "Hour", "interval": 1]]
        ],
        "actions": [:],
      ]
    ]
    let read = FlowReader.read(name: "f", file: "f.json", bytes: written.bytes)
    return ServedFlow(
      name: "f",
      planHash: planHash,
      triggers: try #require(read.flow?.triggers),
      changed: Timestamp(seconds: 0),
      isEnabled: true,
      path: nil
    )
  }

  @Test func `what is due in the next four seconds is looked for once a second`() {
    var ready = ReadyTriggers(capacity: 9)
    #expect(ready.look(at: Timestamp(seconds: 10)) == Timestamp(seconds: 14))
    #expect(ready.look(at: Timestamp(seconds: 10) + .milliseconds(999)) == nil)
    #expect(ready.look(at: Timestamp(seconds: 11)) == Timestamp(seconds: 15))
  }

  @Test func `a clock that was set back does not keep it from looking`() {
    var ready = ReadyTriggers(capacity: 9)
    _ = ready.look(at: Timestamp(seconds: 10))
    #expect(ready.look(at: Timestamp(seconds: 9)) == Timestamp(seconds: 13))
  }

  @Test func `nothing is looked for while triggers are being made ready`() {
    var ready = ReadyTriggers(capacity: 9)
    ready.beginPreparing()
    #expect(ready.look(at: Timestamp(seconds: 10)) == nil)
    ready.endPreparing()
    #expect(ready.look(at: Timestamp(seconds: 10)) != nil)
  }

  @Test func `a trigger is taken once, and only as the version it was made ready from`() throws {
    var ready = ReadyTriggers(capacity: 9)
    let flow = try Self.flow()
    ready.add(3, "hourly", of: flow)
    #expect(ready.take(2, "hourly", of: flow) == nil)
    #expect(ready.take(3, "hourly", of: flow)?.timer != nil)
    #expect(ready.take(3, "hourly", of: flow) == nil)
    ready.add(3, "hourly", of: flow)
    #expect(try ready.take(3, "hourly", of: Self.flow("2")) == nil)
  }

  @Test func `no more are ready than there is room for`() throws {
    var ready = ReadyTriggers(capacity: 2)
    let flow = try Self.flow()
    for key in 0..<3 as Range<Int32> { ready.add(key, "hourly", of: flow) }
    #expect(ready.take(0, "hourly", of: flow) == nil && ready.take(1, "hourly", of: flow) == nil)
    #expect(ready.take(2, "hourly", of: flow) != nil)
  }
}
