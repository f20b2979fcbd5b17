package import Definitions
import OrderedJSON

/// When a batch releases what one of its partitions has gathered: any met criterion does.
///
/// Source: workflow language reference, section e.6.
package struct ReleaseCriteria: Hashable, Sendable {
  package var messageCount: Int?
  /// In bytes of content.
  package var batchSize: Int?
  package var recurrence: Recurrence?

  /// However large the criteria are, a partition holds no more.
  package static let largestCount = 5000
  package static let largestSize = 80 << 20

  /// The batches of a trigger of type Batch, by name.
  package static func batches(of trigger: FlowTrigger) -> [(
    name: String, criteria: ReleaseCriteria
  )] {
    let configurations = trigger.inputs["configurations"]?.objectValue?.members ?? []
    return configurations.map { member in
      let written = member.value["releaseCriteria"] ?? .null
      let size = written["batchSize"]
      return (
        member.key,
        ReleaseCriteria(
          messageCount: written["messageCount"]?.integerValue.map { Int(clamping: $0) },
          batchSize: (size?.integerValue ?? size?.stringValue.flatMap { Int64($0) })
            .map { Int(clamping: $0) },
          recurrence: RecurrenceDecoder.decode(recurrence(written, of: trigger)).recurrence
        )
      )
    }
  }

  /// A trigger whose recurrence is that of the batch, for reading it.
  private static func recurrence(_ criteria: JSON, of trigger: FlowTrigger) -> FlowTrigger {
    var trigger = trigger
    trigger.definition["recurrence"] = criteria["recurrence"]
    return trigger
  }

  /// Whether so much is to be released at once.
  package func areMet(count: Int, size: Int) -> Bool {
    guard count > 0 else { return false }
    return count >= min(messageCount ?? Self.largestCount, Self.largestCount)
      || size >= min(batchSize ?? Self.largestSize, Self.largestSize)
  }

  /// How many of these messages, the oldest first, are released together.
  package func releasedCount(_ sizes: [Int]) -> Int {
    let limit = min(messageCount ?? Self.largestCount, Self.largestCount)
    var sum = 0
    for (index, size) in sizes.prefix(max(limit, 1)).enumerated() {
      if index > 0, sum + size > Self.largestSize { return index }
      sum += size
    }
    return min(sizes.count, max(limit, 1))
  }
}
