import Engine
import Seams
import Timekeeping

/// A run that waits for long is a row of the store, not a task.
extension RunDriver {
  /// A run that waits for less is kept.
  static let longWait = Duration.seconds(5)

  /// Whether the run was left to the store; somebody else may drive it now.
  var isLeft: Bool { record.owner == nil && !isEnded }

  /// Whether the run waits for so long that it is left to the store.
  var waitsLong: Bool {
    guard live.leavesLongWaits, inbox.isEmpty, !isWaitedFor else { return false }
    let soon = environment.clock.now() + Self.longWait
    return look { $0.isWaiting(at: soon) }
  }

  /// Whether the store still says that this process holds the run, without need.
  var isToBeLeft: Bool { record.owner != nil && (isEnded || waitsLong) }

  /// Whether somebody here waits for what the run does.
  var isWaitedFor: Bool { isAttended || !waiters.isEmpty || !callers.isEmpty || awaitsAnswer }

  private var awaitsAnswer: Bool {
    guard !isAnswered, let limit = state.started?.callerWaitsUntil else { return false }
    return environment.clock.now() < limit
  }

  /// Gives the run up without an event.
  @inline(never)
  func leave() async {
    let (record, wakeup) = changedRecord(isNew: false)
    let append = JournalAppend(
      run: run,
      expectedVersion: state.version,
      owner: environment.store.owner,
      entries: [],
      record: record,
      wakeup: wakeup
    )
    do throws(RuntimeFailure) { try await self.append(append) } catch { fail(error) }
  }

  /// Takes the run back from the store, in the state in which it is now.
  @inline(never)
  func takeBack() async {
    let id = run
    let store = environment.store
    do throws(RuntimeFailure) {
      guard live.enter(self) === self else { throw .ownedElsewhere(run) }
      let isOurs = try await RuntimeFailure.asking { () async throws(StoreFailure) in
        try await store.claim(id, from: nil, by: store.owner)
      }
      guard isOurs else { throw .ownedElsewhere(run) }
      record.owner = store.owner
      let journal = try await RuntimeFailure.asking { () async throws(StoreFailure) in
        try await store.journal(of: id)
      }
      state = try coding.fold(journal, state.plan)
      launchEffects()
    } catch {
      fail(error)
    }
  }

  // MARK: Stopping

  /// Lets the requests in flight finish and begins no other; the run goes on when its process is
  /// started again.
  func drain() {
    isDraining = true
    for key in asleep.sorted() { tasks[key]?.cancel() }
    concludeDraining()
  }

  func concludeDraining() {
    guard isDraining, activityCount == 0, !isPumping, failure == nil, !isOver, !isLeft else {
      return
    }
    failure = .interrupted(run)
    finish()
  }
}
