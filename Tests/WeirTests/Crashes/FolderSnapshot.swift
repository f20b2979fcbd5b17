import Crypto
import Engine
import Foundation
import Seams
import SQLiteStore

@testable import Runtime

/// A copy of a data folder as a dead process left it.
///
/// Whoever opens a database repairs it: to look at a copy leaves what is to be tried as it is.
struct FolderSnapshot {
  let store: SQLiteStore
  private let coding: (RunID) -> JournalCoding
  private let folder: URL

  init(of data: URL, in place: Workplace) throws {
    folder = try place.emptyFolder()
    for name in ["weir.db", "weir.db-wal", "key"] {
      let source = data.appending(path: name)
      guard FileManager.default.fileExists(atPath: source.path) else { continue }
      try FileManager.default.copyItem(at: source, to: folder.appending(path: name))
    }
    let entropy = SystemEntropy()
    store = try SQLiteStore(folder: folder.path, owner: OwnerID("snapshot"))
    let key = try VaultKey(file: folder.appending(path: "key").path, entropy: entropy)
    let vault = AESVault(key: key, entropy: entropy)
    coding = { JournalCoding(run: $0, vault: vault) }
  }

  /// All runs, those that were started last first.
  func runs() async throws -> [RunRecord] { try await store.runs(matching: RunQuery()) }

  /// What a run is after its journal.
  func state(_ run: RunRecord, _ journal: [JournalEntry]) async throws -> RunState? {
    guard let stored = try await store.plan(run.planHash),
      let plan = PreparedFlow.plan(from: stored)
    else { return nil }
    return try coding(run.id).fold(journal, plan)
  }

  func close() async {
    await store.close()
    try? FileManager.default.removeItem(at: folder)
  }
}
