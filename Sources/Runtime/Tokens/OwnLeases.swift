import Synchronization

/// Which leases on tokens this process makes use of.
///
/// The store may say that this process holds one of which nobody here knows: it could not be ended,
/// or the answer that granted it was lost, because the disk failed for a moment.
final class OwnLeases: Sendable {
  private struct Use {
    var isHeld = false
    /// How many ask the store for it now, and may have been granted it.
    var askers = 0
  }

  private let uses = Mutex<[String: Use]>([:])

  /// Somebody is about to ask for the lease on a token.
  func beginAsking(_ key: String) { change(key) { $0.askers += 1 } }

  /// Whoever asked has the answer, or will never have it.
  func endAsking(_ key: String, isGranted: Bool) {
    change(key) { use in
      use.askers -= 1
      if isGranted { use.isHeld = true }
    }
  }

  /// Nobody here makes use of the lease any more, whatever the store says.
  func release(_ key: String) { change(key) { $0.isHeld = false } }

  func isUsed(_ key: String) -> Bool { uses.withLock { $0[key] != nil } }

  private func change(_ key: String, _ body: (inout Use) -> Void) {
    uses.withLock { uses in
      var use = uses[key] ?? Use()
      body(&use)
      uses[key] = use.isHeld || use.askers > 0 ? use : nil
    }
  }
}
