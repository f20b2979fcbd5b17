import OrderedJSON

/// Finds the expressions in the strings of a value.
///
/// Source: workflow language reference, section b.1.
struct TemplateCompiler {
  let budget: Budget

  /// Compiles a value and all below it.
  ///
  /// Throws E0001 to E0003 for the first problem.
  func part(_ value: JSON, at pointer: JSONPointer) throws(ExpressionError) -> Template.Part {
    switch value {
    case .string(let text):
      do throws(ExpressionError) {
        return try part(text)
      } catch {
        throw error.located(at: pointer)
      }
    case .array(let elements): return try array(elements, pointer)
    case .object(let object): return try members(object, pointer)
    default: return .constant(value)
    }
  }

  /// Compiles one string.
  ///
  /// Throws E0001 to E0003.
  func part(_ text: String) throws(ExpressionError) -> Template.Part {
    guard text.utf8.contains(UInt8(ascii: "@")), text.utf8.count > 1 else {
      return .constant(.string(text))
    }
    if text.hasPrefix("@@") { return .constant(.string(String(text.dropFirst()))) }
    let bytes = Array(text.utf8)
    if bytes[0] == UInt8(ascii: "@"), bytes[1] != UInt8(ascii: "{") {
      var parser = try Parser(bytes, at: 1, depthLimit: budget.depth)
      return Self.folded(try parser.parseToEnd())
    }
    return try interpolation(bytes)
  }

  /// A literal needs no evaluation.
  private static func folded(_ node: Node) -> Template.Part {
    if case .literal(let literal) = node { .constant(literal.value) } else { .expression(node) }
  }

  private func interpolation(_ bytes: [UInt8]) throws(ExpressionError) -> Template.Part {
    var segments: [Template.Segment] = []
    var text: [UInt8] = []
    var position = 0
    while position < bytes.count {
      let rest = bytes[position...]
      if rest.starts(with: "@@{".utf8) {
        text += "@{".utf8
        position += 3
      } else if rest.starts(with: "@{".utf8) {
        Self.flush(&text, into: &segments)
        var parser = try Parser(bytes, at: position + 2, depthLimit: budget.depth)
        let (node, end) = try parser.parseToBrace()
        segments.append(.expression(node))
        position = end
      } else {
        text.append(bytes[position])
        position += 1
      }
    }
    Self.flush(&text, into: &segments)
    return Self.simplified(segments)
  }

  private static func flush(_ text: inout [UInt8], into segments: inout [Template.Segment]) {
    guard !text.isEmpty else { return }
    segments.append(.text(String(decoding: text, as: UTF8.self)))
    text.removeAll()
  }

  private static func simplified(_ segments: [Template.Segment]) -> Template.Part {
    guard segments.count <= 1 else { return .interpolation(segments) }
    switch segments.first {
    case .text(let text): return .constant(.string(text))
    case .expression: return .interpolation(segments)
    case nil: return .constant("")
    }
  }

  private func array(
    _ elements: [JSON],
    _ pointer: JSONPointer
  ) throws(ExpressionError) -> Template.Part {
    var parts: [Template.Part] = []
    for (index, element) in elements.enumerated() {
      parts.append(try part(element, at: pointer.appending(index)))
    }
    let areConstant = parts.allSatisfy { if case .constant = $0 { true } else { false } }
    guard areConstant else { return .array(parts) }
    return .constant(
      .array(parts.map { if case .constant(let value) = $0 { value } else { .null } })
    )
  }

  private func members(
    _ object: JSONObject,
    _ pointer: JSONPointer
  ) throws(ExpressionError) -> Template.Part {
    var members: [Template.Member] = []
    var constants = JSONObject()
    for member in object {
      let place = pointer.appending(member.key)
      let key = try part(.string(member.key), at: place)
      let value = try part(member.value, at: place)
      members.append(Template.Member(token: member.key, key: key, value: value))
      if case .constant(.string(let key)) = key, case .constant(let value) = value {
        constants.append(key, value)
      }
    }
    return constants.count == members.count ? .constant(.object(constants)) : .object(members)
  }
}
