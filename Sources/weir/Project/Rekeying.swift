import Crypto
import Diagnostics
import SQLiteStore
import Seams

/// Seals what a data folder holds under another key, and puts that key in force.
struct Rekeying: Sendable {
  struct Report: Sendable {
    /// How many values were sealed anew.
    var values: Int
    /// The file of the former key, if it had one.
    var formerKey: String?
  }

  private let keys: KeySource
  private let folder: ExclusiveFolder
  private let entropy = SystemEntropy()

  init(keys: KeySource, folder: ExclusiveFolder) {
    self.keys = keys
    self.folder = folder
  }

  /// Changes the key to a given one, or to that of a new key file.
  ///
  /// The data changes in one transaction. Until that is durable the former key is in force; from then
  /// on the new one is, which a sealed value tells to whoever finds both.
  ///
  /// - Throws: `CommandFailure`; then nothing has changed.
  func run(to given: VaultKey?) throws(CommandFailure) -> Report {
    let store: StoreRekey
    do throws(StoreFailure) { store = try StoreRekey(folder) } catch {
      throw CommandFailure(error)
    }
    let change = KeyChange(file: keys.path)
    let sample: [UInt8]?
    do throws(StoreFailure) { sample = try store.sample() } catch { throw CommandFailure(error) }
    let former = try keys.present(entropy) { sample }
    let new = if let given { given } else { try begin(change) }
    let values: Int
    do throws(StoreFailure) { values = try reseal(store, from: former, to: new) } catch {
      change.abandon()
      throw CommandFailure(error)
    }
    do throws(Diagnostic) {
      return Report(
        values: values,
        formerKey: given == nil ? try change.finish() : try change.dismiss()
      )
    } catch {
      throw CommandFailure([error], .unreachable)
    }
  }

  private func begin(_ change: KeyChange) throws(CommandFailure) -> VaultKey {
    do throws(Diagnostic) { return try change.begin(entropy) } catch {
      throw CommandFailure([error], .unreachable)
    }
  }

  private func reseal(_ store: borrowing StoreRekey, from former: VaultKey, to new: VaultKey)
    throws(StoreFailure) -> Int
  {
    let old = AESVault(key: former, entropy: entropy)
    let next = AESVault(key: new, entropy: entropy)
    return try store.run { sealed, purpose throws(VaultFailure) in
      try next.seal(try old.open(sealed, for: purpose), for: purpose)
    }
  }
}
