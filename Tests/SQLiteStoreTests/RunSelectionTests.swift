import Engine
import Seams
import Testing
import Timekeeping

@testable import SQLiteStore

@Suite struct RunSelectionTests {
  @Test(arguments: [
    (RunQuery(limit: 5), "runs_by_status (status=?)"),
    (RunQuery(statuses: [.failed], since: Timestamp(seconds: 1)), "(status=? AND started>?)"),
    (RunQuery(flow: "f", limit: 5), "runs_by_flow (flow=? AND status=?)"),
    (RunQuery(flow: "f", until: Timestamp(seconds: 1)), "(flow=? AND status=? AND started<?)"),
    (RunQuery(parent: RunID("p"), limit: 5), "runs_by_parent (parent_run=?)"),
  ])
  func `lists read index ranges and never the whole table`(_ query: RunQuery, _ index: String)
    throws
  {
    let folder = try TemporaryFolder()
    _ = try DataFolder(folder.path)
    let connection = try Connection(path: folder.database)
    try Schema.migrate(connection)
    let selection = RunSelection(query)
    let statement = try Statement("EXPLAIN QUERY PLAN \(selection.sql)", on: connection)
    let plan = try statement.all(selection.values) { $0.text(3) }
    #expect(plan.contains { $0.contains(index) }, "\(plan)")
    #expect(!plan.contains { $0.hasPrefix("SCAN runs") }, "\(plan)")
  }
}
