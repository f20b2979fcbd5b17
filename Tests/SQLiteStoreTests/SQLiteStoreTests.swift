import Contracts
import Seams
import Testing

@testable import SQLiteStore

@Suite struct SQLiteStoreTests {
  @Test(arguments: StoreScenario.all)
  func `keeps the contract of a store`(_ scenario: StoreScenario) async throws {
    let folder = try TemporaryFolder()
    try await scenario.run { owner in try SQLiteStore(folder: folder.path, owner: owner) }
  }
}
