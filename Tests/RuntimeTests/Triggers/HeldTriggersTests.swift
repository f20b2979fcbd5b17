import Seams
import Testing
import Timekeeping

@testable import Runtime

@Suite struct HeldTriggersTests {
  private static func row(_ trigger: String, of flow: String = "f", due: Int64?) -> StoredTrigger {
    StoredTrigger(
      flow: flow,
      trigger: trigger,
      fingerprint: "",
      enabled: at(0),
      due: due.map(at)
    )
  }

  private static func at(_ seconds: Int64) -> Timestamp { Timestamp(seconds: seconds) }

  private static func held(_ rows: [StoredTrigger]) -> HeldTriggers {
    var held = HeldTriggers()
    for row in rows { held.enter(row) }
    return held
  }

  /// The names of all that are due by a time, taken out.
  private static func taken(_ held: inout HeldTriggers, by seconds: Int64) -> [String?] {
    var names: [String?] = []
    while let key = held.takeFirst(dueBy: at(seconds)) { names.append(held[key]?.trigger) }
    return names
  }

  // MARK: Names

  @Test func `a trigger is found by its name in any case`() throws {
    let held = Self.held([Self.row("Noon", of: "Größe", due: 5), Self.row("noon", due: 6)])
    let key = try #require(held.key("NOON", of: "GRÖßE"))
    #expect(held.row(key) == Self.row("Noon", of: "Größe", due: 5))
    #expect(held.key("Noon", of: "g") == nil && held.key("moon", of: "f") == nil)
  }

  @Test func `a row of the same name takes the place of the one there is`() throws {
    var held = Self.held([Self.row("a", due: 5)])
    held.enter(Self.row("A", of: "F", due: 7))
    #expect(held.count == 1 && held.keys(of: "f").count == 1)
    #expect(Self.taken(&held, by: 6) == [] && Self.taken(&held, by: 7) == ["A"])
  }

  @Test func `any trigger of a flow can go, and the others are still found`() throws {
    for gone in ["a", "b", "c"] {
      var held = Self.held(["a", "b", "c"].map { Self.row($0, due: 1) })
      held.remove(try #require(held.key(gone, of: "f")))
      let left = held.keys(of: "F").map { held[$0]?.trigger }
      #expect(left == ["c", "b", "a"].filter { $0 != gone } && held.count == 2)
    }
  }

  @Test func `the key of a trigger that is gone serves the next one, which is not due for it`() {
    var held = Self.held([Self.row("a", due: 1)])
    held.remove(0)
    held.remove(0)
    #expect(held.count == 0 && held[0] == nil && held.keys(of: "f") == [])
    held.enter(Self.row("b", of: "g", due: 9))
    #expect(held.key("b", of: "g") == 0 && held.count == 1)
    #expect(Self.taken(&held, by: 8) == [] && Self.taken(&held, by: 9) == ["b"])
  }

  // MARK: Due

  @Test func `what is due comes out once, earliest first`() {
    var held = Self.held([
      Self.row("c", due: 3), Self.row("never", due: nil), Self.row("a", due: 1),
      Self.row("d", due: 4), Self.row("b", of: "g", due: 2),
    ])
    #expect(held.due(by: Self.at(3), atMost: 9).map { held[$0]?.trigger } == ["a", "b", "c"])
    #expect(Self.taken(&held, by: 3) == ["a", "b", "c"])
    #expect(Self.taken(&held, by: 3) == [] && held.heap.first?.due == Self.at(4))
  }

  @Test func `only the time that was set last counts`() {
    var held = Self.held([Self.row("a", due: 5)])
    held.schedule(0, Self.at(9))
    #expect(held.row(0)?.due == Self.at(5))
    #expect(held.due(by: Self.at(8), atMost: 9) == [] && Self.taken(&held, by: 8) == [])
    held.schedule(0, nil)
    #expect(Self.taken(&held, by: 99) == [])
  }

  @Test func `a changed row is due when it was, until it is scheduled`() {
    var held = Self.held([Self.row("a", due: 5)])
    held.change(0, to: Self.row("a", due: 50))
    #expect(held.row(0)?.due == Self.at(50) && Self.taken(&held, by: 5) == ["a"])
  }

  @Test func `times that are set again and again do not fill the memory`() {
    var held = Self.held([Self.row("a", due: 0), Self.row("b", due: 2000)])
    for second in 1...1000 as ClosedRange<Int64> { held.schedule(0, Self.at(second)) }
    #expect(held.heap.count <= 68)
    #expect(Self.taken(&held, by: 999) == [] && Self.taken(&held, by: 2000) == ["a", "b"])
  }

  // MARK: Seeing to them

  @Test func `what somebody sees to is not due until it is scheduled again`() {
    var held = Self.held([Self.row("a", due: 1), Self.row("b", due: 2)])
    #expect(held.claim(0) && held.idle == [1])
    #expect(held.due(by: Self.at(2), atMost: 9) == [1] && Self.taken(&held, by: 2) == ["b"])
    held.release(0)
    #expect(held.idle == [0, 1] && Self.taken(&held, by: 2) == [])
    held.schedule(0, Self.at(1))
    #expect(Self.taken(&held, by: 2) == ["a"])
  }

  @Test func `nothing can be done with a trigger that is gone`() {
    var held = Self.held([Self.row("a", due: 1)])
    held.remove(0)
    held.change(0, to: Self.row("a", due: 2))
    held.schedule(0, Self.at(3))
    #expect(!held.claim(0) && held.idle == [] && held.row(0) == nil)
    #expect(Self.taken(&held, by: 9) == [])
  }

  @Test func `each failure in a row doubles the pause, up to a minute`() {
    var held = Self.held([Self.row("a", due: 1)])
    let pauses = (0..<9).map { _ in held.noteFailure(0) }
    #expect(pauses == [1, 2, 4, 8, 16, 32, 60, 60, 60].map { .seconds($0) })
    held.forgetFailures(0)
    #expect(held.noteFailure(0) == .seconds(1))
    held.enter(Self.row("a", due: 1))
    #expect(held.noteFailure(0) == .seconds(1))
  }
}
