import Foundation
import FoundationNetworking

/// What a person's browser does with an address.
enum Browser {
  /// Opens a page, following where it leads; returns the last status.
  static func open(_ page: URL) async throws -> Int {
    let response = try await URLSession.shared.data(from: page).1
    return (response as? HTTPURLResponse)?.statusCode ?? 0
  }
}
