/// What keeps a workload from being measured.
struct BenchFailure: Error {
  let message: String
  init(_ message: String) { self.message = message }
}
