import Engine
import Testing
import Timekeeping

struct TokenBucketTests {
  private static let start = Timestamp(seconds: 1_700_000_000)

  @Test func `so much at once, then so much per second`() {
    var bucket = TokenBucket(capacity: 3, perSecond: 2, at: Self.start)
    for _ in 0..<3 { #expect(bucket.take(at: Self.start) == nil) }
    #expect(bucket.take(at: Self.start) == .seconds(0.5))
    #expect(bucket.take(at: Self.start + .seconds(0.5)) == nil)
    #expect(bucket.take(at: Self.start + .seconds(0.5)) != nil)
  }

  @Test func `being refused costs nothing`() {
    var bucket = TokenBucket(capacity: 1, perSecond: 1, at: Self.start)
    #expect(bucket.take(at: Self.start) == nil)
    for _ in 0..<100 { #expect(bucket.take(at: Self.start) == .seconds(1)) }
    #expect(bucket.take(at: Self.start + .seconds(1)) == nil)
  }

  @Test func `a long pause fills it and no more`() {
    var bucket = TokenBucket(capacity: 2, perSecond: 10, at: Self.start)
    let later = Self.start + .seconds(3600)
    #expect(bucket.take(at: later) == nil)
    #expect(bucket.take(at: later) == nil)
    #expect(bucket.take(at: later) != nil)
  }

  @Test func `a clock that is set back gives nothing and takes nothing`() {
    var bucket = TokenBucket(capacity: 2, perSecond: 1, at: Self.start)
    #expect(bucket.take(at: Self.start) == nil)
    #expect(bucket.take(at: Self.start - .seconds(3600)) == nil)
    #expect(bucket.take(at: Self.start - .seconds(3600)) == .seconds(1))
    #expect(bucket.take(at: Self.start - .seconds(3599)) == nil)
  }

  @Test func `a full one can be forgotten`() {
    var bucket = TokenBucket(capacity: 2, perSecond: 1, at: Self.start)
    #expect(bucket.isFull(at: Self.start))
    _ = bucket.take(at: Self.start)
    #expect(!bucket.isFull(at: Self.start))
    #expect(bucket.isFull(at: Self.start + .seconds(1)))
  }
}
