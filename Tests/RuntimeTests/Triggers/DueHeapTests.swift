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

  @Test func `what is due by a time is found without taking it out`() {
    var random = SeededGenerator(state: 5)
    var heap = DueHeap()
    var times: [Int64] = []
    for key in 0..<400 {
      let ticks = Int64(random.next() % 1000)
      times.append(ticks)
      heap.add(DueHeap.Element(due: Timestamp(ticks: ticks), key: Int32(key), version: 0))
    }
    for limit in [-1, 0, 17, 500, 1000] as [Int64] {
      let found = heap.elements(dueBy: Timestamp(ticks: limit), atMost: 1000)
      #expect(found.map(\.due.ticks).sorted() == times.filter { $0 <= limit }.sorted())
    }
    #expect(heap.elements(dueBy: Timestamp(ticks: 1000), atMost: 9).count == 9)
    #expect(heap.count == 400)
  }
}
