/// Writing objects and arrays part by part, for which no value of the whole is needed.
extension JSONWriter {
  /// What holds other values.
  package enum Container {
    case object
    case array

    var opener: UInt8 { self == .object ? UInt8(ascii: "{") : UInt8(ascii: "[") }
    var closer: UInt8 { self == .object ? UInt8(ascii: "}") : UInt8(ascii: "]") }
  }

  package mutating func open(_ container: Container) {
    buffer.append(container.opener)
    level += 1
  }

  package mutating func close(_ container: Container) {
    level -= 1
    if buffer.last != container.opener { breakLine() }
    buffer.append(container.closer)
  }

  /// Goes on to the next part of the open container; only a first one follows the opening bracket.
  package mutating func separate() {
    if buffer.last != UInt8(ascii: "{"), buffer.last != UInt8(ascii: "[") {
      buffer.append(UInt8(ascii: ","))
    }
    breakLine()
  }

  /// Begins the next member of the open object, whose value is to be written next.
  ///
  /// - Parameter name: In letters and digits: it is written without escapes.
  package mutating func begin(_ name: StaticString) {
    separate()
    buffer.append(UInt8(ascii: "\""))
    buffer.append(literal: name)
    buffer.append(UInt8(ascii: "\""))
    endName()
  }

  mutating func endName() {
    buffer.append(UInt8(ascii: ":"))
    if indentation != nil { buffer.append(0x20) }
  }

  private mutating func breakLine() {
    guard let indentation else { return }
    buffer.append(0x0A)
    for _ in 0..<indentation * level { buffer.append(0x20) }
  }
}

/// Members of the open object.
extension JSONWriter {
  package mutating func member(_ name: StaticString, _ value: String) {
    begin(name)
    write(value)
  }

  package mutating func member(_ name: StaticString, _ value: Int64) {
    begin(name)
    write(value)
  }

  package mutating func member(_ name: StaticString, _ value: Bool) {
    begin(name)
    write(value)
  }

  package mutating func member(_ name: StaticString, _ value: JSON) {
    begin(name)
    write(value)
  }
}
