import Definitions
import Engine
import Runtime
import Seams

extension Session {
  /// The run that a word on the command line means: its id, a unique beginning of it, or `latest`.
  ///
  /// - Throws: `CommandFailure` when there is none, or several.
  func run(named word: String) async throws(CommandFailure) -> RunRecord {
    if word == "latest", let latest = try await latestRun() { return latest }
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

  private func latestRun() async throws(CommandFailure) -> RunRecord? {
    do throws(StoreFailure) {
      return try await environment.store.runs(matching: RunQuery(limit: 1)).first
    } catch {
      throw CommandFailure(error)
    }
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

extension Session {
  /// The flow as it was when a run began.
  ///
  /// - Throws: `CommandFailure` when it cannot be read.
  func flow(of record: RunRecord) async throws(CommandFailure) -> Flow {
    let stored: StoredPlan?
    do throws(StoreFailure) {
      stored = try await environment.store.plan(record.planHash)
    } catch {
      throw CommandFailure(error)
    }
    let flow = stored.flatMap {
      FlowReader.read(name: record.flow, file: record.flow, bytes: $0.document).flow
    }
    guard let flow else {
      throw CommandFailure(RuntimeFailure.unreadable(record.id, "its flow is not in the store"))
    }
    return flow
  }
}
