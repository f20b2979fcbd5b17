import HTTPMessages
import OrderedJSON
import Seams
import Synchronization

/// The keys that sign callback addresses: two for each flow, and one pair for the runs of all.
///
/// Source: workflow language reference, section (g) (listCallbackUrl).
package final class CallbackKeys: Sendable {
  /// Addresses are signed with the first; both are accepted.
  package struct Pair: Hashable, Sendable {
    package var primary: [UInt8]
    package var secondary: [UInt8]

    package var both: [[UInt8]] { [primary, secondary] }
  }

  private struct Known {
    var pair: Pair
    var sealed: [UInt8]
  }

  private let environment: Environment
  private let known = Mutex<[String: Known]>([:])

  /// The name under which the keys for addresses of runs are kept; no flow can have it.
  static let runs = "/runs"

  package init(environment: Environment) { self.environment = environment }

  /// The keys of a flow, made when there are none.
  ///
  /// - Throws: `RuntimeFailure` when they cannot be read or stored.
  package func pair(of flow: String) async throws(RuntimeFailure) -> Pair {
    if let known = known.withLock({ $0[flow] }) { return known.pair }
    let store = environment.store
    let stored = try await storing { () async throws(StoreFailure) in
      try await store.callbackKeys(of: flow)
    }
    if let stored { return try remember(stored, of: flow) }
    return try await save(Pair(primary: random(), secondary: random()), of: flow, replacing: nil)
  }

  /// Replaces one key of a flow.
  ///
  /// - Throws: `RuntimeFailure` when they cannot be read or stored.
  package func regenerate(_ flow: String, isSecondary: Bool) async throws(RuntimeFailure) {
    var pair = try await pair(of: flow)
    if isSecondary { pair.secondary = random() } else { pair.primary = random() }
    let old = known.withLock { $0[flow]?.sealed }
    _ = try await save(pair, of: flow, replacing: old)
  }

  private func random() -> [UInt8] { environment.entropy.bytes(32) }

  // MARK: Storing

  private func save(_ pair: Pair, of flow: String, replacing old: [UInt8]?)
    async throws(RuntimeFailure) -> Pair
  {
    let document: JSON = [
      "primary": .string(Base64.encode(pair.primary)),
      "secondary": .string(Base64.encode(pair.secondary)),
    ]
    let sealed: [UInt8]
    do throws(VaultFailure) {
      sealed = try environment.vault.seal(document.bytes, for: SealPurpose.callbackKeys(of: flow))
    } catch {
      throw .vault(error)
    }
    let store = environment.store
    let counting = try await storing { () async throws(StoreFailure) in
      try await store.saveCallbackKeys(sealed, of: flow, replacing: old)
    }
    return try remember(counting, of: flow)
  }

  private func remember(_ sealed: [UInt8], of flow: String) throws(RuntimeFailure) -> Pair {
    let bytes: [UInt8]
    do throws(VaultFailure) {
      bytes = try environment.vault.open(sealed, for: SealPurpose.callbackKeys(of: flow))
    } catch {
      throw .vault(error)
    }
    let document = try? JSON(parsing: bytes)
    guard let primary = document?["primary"]?.stringValue.flatMap({ Base64.decode($0) }),
      let secondary = document?["secondary"]?.stringValue.flatMap({ Base64.decode($0) }),
      !primary.isEmpty, !secondary.isEmpty
    else { throw .vault(VaultFailure("the callback keys of '\(flow)' are no keys")) }
    let pair = Pair(primary: primary, secondary: secondary)
    known.withLock { $0[flow] = Known(pair: pair, sealed: sealed) }
    return pair
  }

  private func storing<Value: Sendable>(
    _ body: () async throws(StoreFailure) -> Value
  ) async throws(RuntimeFailure) -> Value {
    do throws(StoreFailure) { return try await body() } catch { throw .store(error) }
  }
}
