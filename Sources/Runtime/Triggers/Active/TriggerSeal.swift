import OrderedJSON
import Seams

/// Seals what triggers keep between their rounds.
struct TriggerSeal: Sendable {
  private let vault: any Vault

  init(_ vault: any Vault) { self.vault = vault }

  func seal(_ state: JSON, _ row: StoredTrigger) throws(RuntimeFailure) -> [UInt8] {
    do throws(VaultFailure) { return try vault.seal(state.bytes, for: Self.purpose(row)) } catch {
      throw .vault(error)
    }
  }

  /// What a row keeps; `nil` when it keeps nothing, or nothing that can be read any more.
  func state(of row: StoredTrigger) -> JSON? {
    guard let sealed = row.sealed, let bytes = try? vault.open(sealed, for: Self.purpose(row))
    else { return nil }
    return try? JSON(parsing: bytes)
  }

  private static func purpose(_ row: StoredTrigger) -> String {
    SealPurpose.trigger(row.trigger, of: row.flow)
  }
}
