import Seams
import Testing
import Timekeeping

@testable import SQLiteStore

@Suite struct FireSelectionTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func plan(_ sql: String, _ values: [SQLValue]) throws -> [String] {
    _ = try DataFolder(folder.path)
    let connection = try Connection(path: folder.database)
    try Schema.migrate(connection)
    let statement = try Statement("EXPLAIN QUERY PLAN \(sql)", on: connection)
    return try statement.all(values) { $0.text(3) }
  }

  @Test(arguments: [
    (FireQuery(limit: 5), "fires_by_status (status=?)"),
    (FireQuery(statuses: [.failed], since: Timestamp(seconds: 1)), "(status=? AND intended>?)"),
    (FireQuery(flow: "f", limit: 5), "fires_by_flow (flow=? AND status=?)"),
    (
      FireQuery(flow: "f", trigger: "t", limit: 5),
      "fires_by_trigger (flow=? AND trigger=? AND status=?)"
    ),
    (FireQuery(flow: "f", statuses: [.waiting], limit: 5), "fires_by_flow (flow=? AND status=?)"),
  ])
  func `lists read index ranges in their order`(_ query: FireQuery, _ index: String) throws {
    let selection = FireSelection(query)
    let plan = try plan(selection.sql, selection.values)
    #expect(plan.contains { $0.contains(index) }, "\(plan)")
    #expect(!plan.contains { $0.hasPrefix("SCAN fires") }, "\(plan)")
    // What a range brings is merged with others, which is as many rows each as are shown.
    let sorted = zip(plan, plan.dropFirst()).filter { $1.contains("USE TEMP B-TREE") }
    #expect(sorted.allSatisfy { step, _ in step.hasPrefix("SCAN (subquery") }, "\(plan)")
  }

  @Test(arguments: [
    (nil, nil, "fires_waiting"), ("f", nil, "fires_waiting_by_flow (flow=?)"),
    ("f", "t", "fires_waiting_by_trigger (flow=? AND trigger=?)"),
  ])
  func `what waits is found without sorting`(_ flow: String?, _ trigger: String?, _ index: String)
    throws
  {
    let (sql, values) = ReadSession.waiting(of: flow, trigger: trigger, limit: 5)
    let plan = try plan(sql, values)
    #expect(plan.contains { $0.contains(index) }, "\(plan)")
    #expect(!plan.contains { $0.contains("USE TEMP B-TREE") }, "\(plan)")
  }

  @Test func `the messages of a trigger are counted along an index`() throws {
    let plan = try plan(ReadSession.oldestMessages, [.text("f"), .text("t"), .count(5)])
    #expect(plan.contains { $0.contains("COVERING INDEX messages_by_arrival") }, "\(plan)")
  }
}
