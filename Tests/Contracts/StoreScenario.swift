import Engine
package import Seams
import Testing
import Timekeeping

/// One promise of `Store`, checked on an implementation.
package struct StoreScenario: Sendable, CustomTestStringConvertible {
  /// Opens the one store of this scenario for a process of this name.
  package typealias Opening = @Sendable (OwnerID) throws -> any Store

  /// The promise as a sentence.
  package let name: String
  /// Checks it with `#expect`; the store starts empty.
  package let run: @Sendable (Opening) async throws -> Void

  init(_ name: String, _ run: @escaping @Sendable (Opening) async throws -> Void) {
    self.name = name
    self.run = run
  }

  package var testDescription: String { name }

  /// Every promise.
  package static let all =
    journal + runs + owners + calls + connections + tokens + triggers + fires + replays + access
}
