/// Header fields in the order and spelling in which they were set.
///
/// Names compare without regard to case; several fields may share a name.
///
/// Source: RFC 9110 section 5.
package struct HTTPFields: Hashable, Sendable {
  package struct Field: Hashable, Sendable {
    package var name: String
    package var value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  package private(set) var fields: [Field]

  package init(_ fields: [Field] = []) { self.fields = fields }

  /// All values under this name joined by `,`; setting replaces them, `nil` removes them.
  package subscript(name: String) -> String? {
    get {
      guard let first = index(of: name, from: 0) else { return nil }
      var found = fields[first].value
      var last = first
      while let next = index(of: name, from: last + 1) {
        found += "," + fields[next].value
        last = next
      }
      return found
    }
    set {
      guard let newValue else {
        fields.removeAll { $0.name.isSameFieldName(as: name) }
        return
      }
      guard let first = fields.firstIndex(where: { $0.name.isSameFieldName(as: name) }) else {
        fields.append(Field(name: name, value: newValue))
        return
      }
      fields[first].value = newValue
      var seen = false
      fields.removeAll { field in
        guard field.name.isSameFieldName(as: name) else { return false }
        defer { seen = true }
        return seen
      }
    }
  }

  /// The place of the next field of this name.
  private func index(of name: String, from start: Int) -> Int? {
    let length = name.utf8.count
    for index in start..<fields.count where fields[index].name.utf8.count == length {
      if fields[index].name.isSameFieldName(as: name) { return index }
    }
    return nil
  }

  /// Adds one more field, beside those of the same name.
  package mutating func append(_ name: String, _ value: String) {
    fields.append(Field(name: name, value: value))
  }

  package var isEmpty: Bool { fields.isEmpty }

  /// Whether there is a field of this name.
  package func contains(_ name: String) -> Bool { index(of: name, from: 0) != nil }
}

extension HTTPFields: ExpressibleByDictionaryLiteral {
  package init(dictionaryLiteral elements: (String, String)...) {
    self.init(elements.map { Field(name: $0, value: $1) })
  }
}

extension String {
  /// Whether both are the same header field name, ASCII case ignored.
  package func isSameFieldName(as other: String) -> Bool {
    guard utf8.count == other.utf8.count else { return false }
    let isSame = utf8.withContiguousStorageIfAvailable { own in
      other.utf8.withContiguousStorageIfAvailable { isSameName(own, $0) }
    }
    return (isSame ?? nil) ?? zip(utf8, other.utf8).allSatisfy { lowered($0) == lowered($1) }
  }
}

private func lowered(_ byte: UInt8) -> UInt8 {
  (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) ? byte | 0x20 : byte
}

private func isSameName(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>)
  -> Bool
{
  for (left, right) in zip(one, other) where left != right && lowered(left) != lowered(right) {
    return false
  }
  return true
}
