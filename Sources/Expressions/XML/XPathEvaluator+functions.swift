import Diagnostics

/// The core function library.
///
/// Source: W3C XPath 1.0, section 4.
extension XPathEvaluator {
  /// Throws E0304 for a type error.
  mutating func call(
    _ function: XPathFunction,
    _ arguments: [XPathExpression]
  ) throws(ExpressionError) -> XPathValue {
    switch function {
    case .last: return .number(Double(current.size))
    case .position: return .number(Double(current.position))
    case .isTrue: return .boolean(true)
    case .isFalse: return .boolean(false)
    case .id: return .nodes([])
    case .count: return .number(Double(try nodes(of: arguments[0]).count))
    case .sum:
      let nodes = try nodes(of: arguments[0])
      return .number(nodes.reduce(0) { $0 + number(.string(text(of: $1))) })
    case .name, .localName, .namespaceURI: return try nodeName(function, arguments)
    default: break
    }
    var values: [XPathValue] = []
    for argument in arguments { values.append(try value(of: argument)) }
    if values.isEmpty { values = [.nodes([current.node])] }
    return apply(function, values)
  }

  private mutating func nodeName(
    _ function: XPathFunction,
    _ arguments: [XPathExpression]
  ) throws(ExpressionError) -> XPathValue {
    let nodes = arguments.isEmpty ? [current.node] : try nodes(of: arguments[0])
    guard let index = nodes.first else { return .string("") }
    let name = tree[index].name
    return switch function {
    case .name: .string(name.qualified)
    case .localName: .string(name.local)
    default: .string(name.namespace)
    }
  }

  private func apply(_ function: XPathFunction, _ values: [XPathValue]) -> XPathValue {
    switch function {
    case .boolean: .boolean(boolean(values[0]))
    case .not: .boolean(!boolean(values[0]))
    case .number: .number(number(values[0]))
    case .floor: .number(number(values[0]).rounded(.down))
    case .ceiling: .number(number(values[0]).rounded(.up))
    case .round: .number((number(values[0]) + 0.5).rounded(.down))
    case .lang: .boolean(hasLanguage(string(values[0])))
    default: applyToTexts(function, values)
    }
  }

  private func applyToTexts(_ function: XPathFunction, _ values: [XPathValue]) -> XPathValue {
    let texts = values.map(string)
    let scalars = texts[0].unicodeScalars
    switch function {
    case .concat: return .string(texts.joined())
    case .startsWith: return .boolean(scalars.starts(with: texts[1].unicodeScalars))
    case .contains: return .boolean(OrdinalText.contains(texts[0], texts[1]))
    case .substringBefore:
      return .string(OrdinalText.parts(of: texts[0], around: texts[1])?.before ?? "")
    case .substringAfter:
      return .string(OrdinalText.parts(of: texts[0], around: texts[1])?.after ?? "")
    case .substring:
      let length = values.count > 2 ? number(values[2]) : nil
      return .string(substring(texts[0], number(values[1]), length))
    case .stringLength: return .number(Double(scalars.count))
    case .normalizeSpace:
      let words = texts[0].split(whereSeparator: { " \t\n\r".contains($0) })
      return .string(words.joined(separator: " "))
    case .translate: return .string(translate(texts))
    default: return .string(texts[0])
    }
  }

  /// Positions are rounded and count from 1.
  private func substring(_ text: String, _ start: Double, _ length: Double?) -> String {
    let first = (start + 0.5).rounded(.down)
    let end = length.map { first + ($0 + 0.5).rounded(.down) } ?? .infinity
    var result = String.UnicodeScalarView()
    for (index, scalar) in text.unicodeScalars.enumerated() {
      let position = Double(index + 1)
      if position >= first, position < end { result.append(scalar) }
    }
    return String(result)
  }

  private func translate(_ texts: [String]) -> String {
    let replacements = Array(texts[2].unicodeScalars)
    var table: [Unicode.Scalar: Unicode.Scalar?] = [:]
    for (index, scalar) in texts[1].unicodeScalars.enumerated() where table[scalar] == nil {
      table.updateValue(index < replacements.count ? replacements[index] : nil, forKey: scalar)
    }
    var result = String.UnicodeScalarView()
    for scalar in texts[0].unicodeScalars {
      guard let entry = table[scalar] else {
        result.append(scalar)
        continue
      }
      if let replacement = entry { result.append(replacement) }
    }
    return String(result)
  }

  /// Whether `xml:lang` names this language or a dialect of it.
  private func hasLanguage(_ wanted: String) -> Bool {
    for node in XPathAxes.nodes(on: .ancestorOrSelf, from: current.node, in: tree) {
      let attribute = tree[node].attributes.first { tree[$0].name.qualified == "xml:lang" }
      guard let attribute else { continue }
      let language = tree[attribute].value.lowercased()
      return language == wanted.lowercased() || language.hasPrefix(wanted.lowercased() + "-")
    }
    return false
  }
}
