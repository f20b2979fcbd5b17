import Fixtures
import OrderedJSON
import Testing

@testable import weir_simulate

@Suite struct WorldTests {
  @Test(arguments: [1, 7, 42, 97, 441, 1315] as [UInt64])
  func `the same seed does the same again`(seed: UInt64) throws {
    let first = try World(seed: seed, isTraced: true)
    let second = try World(seed: seed, isTraced: true)
    #expect(first.play() == second.play())
    #expect(first.trace.lines.count > 3)
    #expect(first.trace.lines == second.trace.lines)
  }

  @Test func `nothing is violated, whatever a seed lets happen`() throws {
    for seed in 1...60 as ClosedRange<UInt64> {
      let violations = try World(seed: seed).play()
      #expect(violations == [], "seed \(seed)")
    }
  }

  @Test(arguments: try FormerFailure.all())
  func `a seed that found something finds nothing any more`(failure: FormerFailure) throws {
    let violations = try World(seed: failure.seed, drawing: failure.drawing).play()
    #expect(violations == [], "\(failure.found)")
  }

  @Test func `only the latest seeds pause triggers`() {
    func pauses(_ drawing: Drawing) -> Int {
      (1...400 as ClosedRange<UInt64>).count { seed in
        var maker = ScenarioMaker(seed: seed)
        return !maker.scenario(breaking: nil, drawing).pauses.isEmpty
      }
    }
    #expect(pauses(.pauses) > 10)
    #expect(pauses(.features) == 0 && pauses(.flows) == 0)
  }

  /// A seed with what it found once.
  struct FormerFailure: CustomTestStringConvertible, Sendable {
    let seed: UInt64
    let found: String
    let drawing: Drawing

    init(_ json: JSON) {
      seed = UInt64(json["seed"]?.integerValue ?? 0)
      found = json["found"]?.stringValue ?? ""
      let draws = { (name: String) in json[name]?.boolValue == true }
      drawing = draws("pauses") ? .pauses : draws("features") ? .features : .flows
    }

    static func all() throws -> [FormerFailure] {
      let list = try Fixtures.json("WeirSimulateTests/Data/seeds.json")
      return (list.arrayValue ?? []).map(FormerFailure.init)
    }

    var testDescription: String { "\(seed): \(found)" }
  }
}
