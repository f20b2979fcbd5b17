import Testing

@testable import Runtime

@Suite struct UseOrderTests {
  @Test func `uses come out oldest first, a repeated one at each of its places`() {
    var order = UseOrder()
    for (number, key) in ["a", "b", "a"].enumerated() { order.add(key, number: UInt64(number)) }
    #expect(order.count == 3)
    #expect(order.removeFirst()?.key == "a")
    #expect(order.removeFirst()?.key == "b")
    let last = order.removeFirst()
    #expect(last?.key == "a")
    #expect(last?.number == 2)
    #expect(order.removeFirst()?.key == nil)
  }

  @Test func `thousands of uses keep their order while they are taken out`() {
    var order = UseOrder()
    for number in 0..<1000 { order.add("k\(number)", number: UInt64(number)) }
    for number in 0..<700 { #expect(order.removeFirst()?.number == UInt64(number)) }
    order = order.kept { $0.number.isMultiple(of: 100) }
    #expect(order.count == 3)
    #expect((0..<3).map { _ in order.removeFirst()?.key } == ["k700", "k800", "k900"])
  }
}
