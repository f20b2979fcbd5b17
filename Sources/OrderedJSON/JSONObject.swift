/// The members of a JSON object in document order.
///
/// Setting an existing key keeps its place; parsing a duplicate key moves it to the later place.
///
/// Source: workflow language reference, section b.4.
package struct JSONObject: Sendable {
  package struct Member: Sendable {
    package var key: String
    package var value: JSON

    package init(key: String, value: JSON) {
      self.key = key
      self.value = value
    }
  }

  package private(set) var members: [Member]
  /// Places by key, kept only once a linear search would cost more.
  private var index: [String: Int]?

  private static let indexThreshold = 12

  package init() {
    members = []
    index = nil
  }

  /// Takes the pairs in order; a repeated key keeps its last value at its later place.
  package init(_ pairs: some Sequence<(String, JSON)>) {
    self.init()
    for (key, value) in pairs { append(key, value) }
  }

  /// Takes members of which no two have the same key.
  package init(distinct members: [Member]) {
    self.members = members
    if members.count > Self.indexThreshold { rebuildIndex() }
  }

  /// Takes members as a text lists them and says which positions a later duplicate replaced.
  static func collapsing(_ members: [Member]) -> (object: JSONObject, dropped: [Int]) {
    var object = JSONObject()
    object.members = members
    if members.count > indexThreshold {
      object.rebuildIndex()
      guard object.index?.count != members.count else { return (object, []) }
    } else if !hasDuplicates(members) {
      return (object, [])
    }
    let last = Dictionary(zip(members.map(\.key), members.indices)) { $1 }
    let dropped = members.indices.filter { last[members[$0].key] != $0 }
    return (JSONObject(members.map { ($0.key, $0.value) }), dropped)
  }

  private static func hasDuplicates(_ members: [Member]) -> Bool {
    for later in members.indices.dropFirst() {
      for earlier in 0..<later where members[earlier].key == members[later].key { return true }
    }
    return false
  }

  package var count: Int { members.count }
  package var isEmpty: Bool { members.isEmpty }
  package var keys: some Collection<String> { members.lazy.map(\.key) }
  package var values: some Collection<JSON> { members.lazy.map(\.value) }

  /// The value under exactly this key; setting `nil` removes the member.
  package subscript(key: String) -> JSON? {
    get { position(of: key).map { members[$0].value } }
    set {
      guard let newValue else {
        removeValue(forKey: key)
        return
      }
      if let position = position(of: key) {
        members[position].value = newValue
      } else {
        insertLast(key, newValue)
      }
    }
  }

  /// Adds a member at the end; an earlier one with the same key is dropped.
  package mutating func append(_ key: String, _ value: JSON) {
    if position(of: key) != nil { removeValue(forKey: key) }
    insertLast(key, value)
  }

  @discardableResult
  package mutating func removeValue(forKey key: String) -> JSON? {
    guard let position = position(of: key) else { return nil }
    let removed = members.remove(at: position).value
    rebuildIndex()
    return removed
  }

  package mutating func reserveCapacity(_ count: Int) { members.reserveCapacity(count) }

  /// The position of exactly this key.
  package func position(of key: String) -> Int? {
    if let index { return index[key] }
    return members.firstIndex { $0.key == key }
  }

  /// The position of this key, preferring the exact spelling, else the first that differs in case.
  package func position(ignoringCaseOf key: String) -> Int? {
    if let exact = position(of: key) { return exact }
    return members.firstIndex { Self.isSame($0.key, key) }
  }

  /// Whether two keys differ at most in case; most are of letters without accents.
  private static func isSame(_ left: String, _ right: String) -> Bool {
    var (left, right) = (left, right)
    let plain = left.withUTF8 { left in right.withUTF8 { isSamePlain(left, $0) } }
    return plain ?? (left.lowercased() == right.lowercased())
  }

  /// `nil` when one of them has other characters than those of ASCII.
  private static func isSamePlain(
    _ left: UnsafeBufferPointer<UInt8>,
    _ right: UnsafeBufferPointer<UInt8>
  ) -> Bool? {
    var isSame = left.count == right.count
    for byte in left where byte >= 0x80 { return nil }
    for (index, byte) in right.enumerated() {
      guard byte < 0x80 else { return nil }
      if isSame { isSame = lowered(byte) == lowered(left[index]) }
    }
    return isSame
  }

  private static func lowered(_ byte: UInt8) -> UInt8 {
    byte &- UInt8(ascii: "A") < 26 ? byte | 0x20 : byte
  }

  /// The value under this key, preferring the exact spelling, else the first differing in case.
  package func value(ignoringCaseOf key: String) -> JSON? {
    position(ignoringCaseOf: key).map { members[$0].value }
  }

  private mutating func insertLast(_ key: String, _ value: JSON) {
    members.append(Member(key: key, value: value))
    if index != nil {
      index?[key] = members.count - 1
    } else if members.count > Self.indexThreshold {
      rebuildIndex()
    }
  }

  private mutating func rebuildIndex() {
    guard members.count > Self.indexThreshold else {
      index = nil
      return
    }
    var rebuilt = [String: Int](minimumCapacity: members.count * 2)
    for (position, member) in members.enumerated() { rebuilt[member.key] = position }
    index = rebuilt
  }
}

extension JSONObject: Sequence {
  package func makeIterator() -> IndexingIterator<[Member]> { members.makeIterator() }
}

extension JSONObject: Hashable {
  package static func == (left: JSONObject, right: JSONObject) -> Bool {
    left.count == right.count && left.members.allSatisfy { right[$0.key] == $0.value }
  }

  package func hash(into hasher: inout Hasher) {
    var sum = 0
    for member in members {
      var single = Hasher()
      single.combine(member.key)
      single.combine(member.value)
      sum &+= single.finalize()
    }
    hasher.combine(sum)
  }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, JSON)...) { self.init(elements) }
}
