import Fixtures
import Testing
import Timekeeping

@testable import Runtime

@Suite struct DueHeapTests {
  @Test func `random elements come out in order`() {
    var random = SeededGenerator(state: 3)
    var heap = DueHeap()
    for round in 0..<3 {
      for key in 0..<500 {
        let due = Timestamp(ticks: Int64(random.next() % 1000))
        heap.add(DueHeap.Element(due: due, key: Int32(key), version: UInt32(round)))
      }
      heap.removeAll { $0.key % 3 == 0 }
      var last = Timestamp.distantPast
      for _ in 0..<200 {
        guard let first = heap.first else { break }
        #expect(first.due >= last && first.key % 3 != 0)
        last = first.due
        heap.removeFirst()
      }
    }
    while heap.first != nil { heap.removeFirst() }
    #expect(heap.count == 0)
  }
}
