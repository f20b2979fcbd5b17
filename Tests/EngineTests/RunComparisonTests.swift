import Engine
import OrderedJSON
import Testing

@Suite struct RunComparisonTests {
  private func run(_ status: String, _ actions: [JSON]) -> JSON {
    ["status": .string(status), "trigger": ["outputs": [:]], "actions": .array(actions)]
  }

  private func action(_ name: String, _ status: String, _ body: JSON, at end: Int = 1) -> JSON {
    [
      "name": .string(name), "indices": [], "status": .string(status), "outputs": ["body": body],
      "startTime": "2026-01-01T00:00:00.0000000Z",
      "endTime": .string("2026-01-01T00:00:0\(end).0000000Z"),
    ]
  }

  @Test func `runs that differ only in times are equal`() {
    let left = run("Succeeded", [action("A", "Succeeded", 1)])
    let right = run("Succeeded", [action("A", "Succeeded", 1, at: 3)])
    let comparison = RunComparison(left, right)
    #expect(comparison.isEmpty)
    #expect(comparison.rows.map(\.seconds.left) == [1])
    #expect(comparison.rows.map(\.seconds.right) == [3])
  }

  @Test func `a value that differs is named by its path`() {
    let left = run("Succeeded", [action("A", "Succeeded", ["x": [1, 2], "y": 1])])
    let right = run("Succeeded", [action("A", "Succeeded", ["x": [1, 3, 4]])])
    let found = RunComparison(left, right).rows.flatMap(\.differences)
    #expect(found.map(\.path) == ["outputs/body/x/1", "outputs/body/x/2", "outputs/body/y"])
    #expect(found.map(\.left) == [2, nil, 1])
    #expect(found.map(\.right) == [3, 4, nil])
  }

  @Test func `actions of one side alone are listed after the common ones`() {
    let left = run("Failed", [action("A", "Failed", 1)])
    let right = run("Succeeded", [action("B", "Succeeded", 1), action("A", "Succeeded", 1)])
    let comparison = RunComparison(left, right)
    #expect(comparison.rows.map(\.action) == ["A", "B"])
    #expect(comparison.differences.map(\.path) == ["status"])
    #expect(comparison.json["actions"]?[1]?["status"] == [.null, "Succeeded"])
  }
}
