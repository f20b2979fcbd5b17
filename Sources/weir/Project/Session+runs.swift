import Engine
import Runtime
import Seams

extension Session {
  /// The run that a word on the command line means: its id or a unique beginning of it.
  ///
  /// - Throws: `CommandFailure` when there is none, or several.
  func run(named word: String) async throws(CommandFailure) -> RunRecord {
    do throws(RuntimeFailure) {
      return try await worker.record(RunID(word))
    } catch {
      guard case .unknownRun = error, word.count >= 6 else { throw CommandFailure(error) }
    }
    let all: [RunRecord]
    do throws(StoreFailure) {
      all = try await environment.store.runs(matching: RunQuery())
    } catch {
      throw CommandFailure(error)
    }
    let matches = all.filter { $0.id.text.hasPrefix(word) || $0.id.text.hasSuffix(word) }
    guard matches.count == 1, let match = matches.first else {
      throw CommandFailure(RuntimeFailure.unknownRun(RunID(word)))
    }
    return match
  }

  /// The state of a run as its journal tells it.
  ///
  /// - Throws: `CommandFailure` when it cannot be read.
  func state(of record: RunRecord) async throws(CommandFailure) -> RunState {
    do throws(RuntimeFailure) {
      return try await worker.state(of: record)
    } catch {
      throw CommandFailure(error)
    }
  }
}
