import HTTPMessages
import OrderedJSON
import Simulation
import Testing

struct PagingTests {
  /// Follows `nextLink` to the end.
  private func pages(
    _ world: ServiceWorld,
    _ target: String,
    between: () async throws -> Void = {}
  ) async throws -> [[String]] {
    var pages: [[String]] = []
    var next: String? = target
    while let target = next, pages.count < 50 {
      let answer = await world.send("GET", target)
      #expect(answer.status == 200, "\(answer.text)")
      pages.append(answer.names)
      next = answer.json["nextLink"]?.stringValue.flatMap { link in
        HTTPRequest(method: "GET", url: link)?.target
      }
      try await between()
    }
    return pages
  }

  @Test func `pages of runs stay right while new runs arrive`() async throws {
    let world = try await ServiceWorld()
    var runs: [String] = []
    for _ in 0..<7 {
      runs.append(try await world.run("loops"))
      world.clock.advance(by: .milliseconds(runs.count % 2))
    }
    let found = try await pages(world, "/api/workflows/loops/runs?$top=3&api-version=2016-06-01") {
      try await world.run("loops")
    }
    #expect(found.map(\.count) == [3, 3, 1])
    #expect(found.flatMap(\.self) == runs.reversed())
  }

  @Test func `the filter goes on to the next page`() async throws {
    let world = try await ServiceWorld()
    let slow = [try await world.run("slow"), try await world.run("slow")]
    try await world.run("loops")
    let filter = "$filter=status%20eq%20'Running'%20or%20status%20eq%20'Waiting'"
    let found = try await pages(world, "/api/runs?\(filter)&$top=1")
    #expect(found == [[slow[1]], [slow[0]]])
  }

  @Test func `a page that is just full is the last one`() async throws {
    let world = try await ServiceWorld()
    for _ in 0..<2 { try await world.run("loops") }
    let found = try await pages(world, "/api/runs?$top=2")
    #expect(found.map(\.count) == [2])
    let none = try await pages(world, "/api/workflows/slow/runs")
    #expect(none == [[]])
  }

  @Test func `other lists have pages, too`() async throws {
    let world = try await ServiceWorld()
    let run = try await world.run("loops")
    let base = "/api/workflows/loops/runs/\(run)/actions"
    let actions = try await pages(world, "\(base)?$top=2").flatMap(\.self)
    #expect(actions == ["Greet", "Each", "Inner", "Leaf", "Ping", "Send"])
    let leaves = try await pages(world, "\(base)/Leaf/repetitions?$top=3")
    #expect(
      leaves == [
        ["000000-000000", "000000-000001", "000001-000000"], ["000001-000001"],
      ]
    )
    let flows = try await pages(world, "/api/workflows?$top=2")
    #expect(flows == [["connected", "loops"], ["secret", "slow"]])
    for _ in 0..<4 { try await world.run("loops") }
    let histories = try await pages(
      world,
      "/api/workflows/loops/triggers/manual/histories?$top=2"
    )
    #expect(histories.map(\.count) == [2, 2, 1] && Set(histories.flatMap(\.self)).count == 5)
  }
}
