/// Keys in the order in which they were last used, oldest first.
///
/// A key that is used again is added again; whoever takes the oldest one out knows by its number
/// whether that use still counts.
struct UseOrder {
  struct Use {
    let key: String
    let number: UInt64
  }

  private var uses: [Use]
  private var head = 0

  init() { uses = [] }

  private init(uses: [Use]) { self.uses = uses }

  var count: Int { uses.count - head }

  mutating func add(_ key: String, number: UInt64) {
    uses.append(Use(key: key, number: number))
  }

  mutating func removeFirst() -> Use? {
    guard head < uses.count else { return nil }
    head += 1
    defer {
      if head > 64, head > uses.count / 2 {
        uses.removeFirst(head)
        head = 0
      }
    }
    return uses[head - 1]
  }

  /// Only the uses that count.
  func kept(where counts: (Use) -> Bool) -> UseOrder {
    UseOrder(uses: uses[head...].filter(counts))
  }
}
