import Testing
import Timekeeping

@testable import AzureSandbox

struct OperationProgressTests {
  private let start = Timestamp(seconds: 1_000)

  @Test func `the first poll never sees the end`() {
    var progress = OperationProgress(begun: start)
    #expect(progress.poll(at: start + .seconds(9), step: .seconds(1)) == .running)
    #expect(progress.poll(at: start + .seconds(9), step: .seconds(1)) == .ended)
  }

  @Test func `it waits, runs and ends`() {
    var progress = OperationProgress(begun: start)
    #expect(progress.poll(at: start, step: .seconds(1)) == .waiting)
    #expect(progress.poll(at: start + .seconds(1), step: .seconds(1)) == .running)
    #expect(progress.poll(at: start + .seconds(2), step: .seconds(1)) == .ended)
    #expect(OperationProgress.retryAfter(step: .milliseconds(500)) == "1")
    #expect(OperationProgress.retryAfter(step: .seconds(3)) == "6")
  }

  @Test func `without step times it has ended at once`() {
    var progress = OperationProgress(begun: start)
    #expect(progress.poll(at: start, step: .zero) == .ended)
    #expect(OperationProgress.retryAfter(step: .zero) == "0")
  }
}
