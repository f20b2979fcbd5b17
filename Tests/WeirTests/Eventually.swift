import Testing

/// Something did not happen in time.
struct TookTooLong: Error {}

/// Returns as soon as a condition holds.
func eventually(
  within patience: Duration = .seconds(180),
  _ condition: () async throws -> Bool
) async throws {
  let deadline = ContinuousClock.now + patience
  while try await !condition() {
    guard ContinuousClock.now < deadline else { throw TookTooLong() }
    try await Task.sleep(for: .milliseconds(10))
  }
}
