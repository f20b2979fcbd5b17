import OrderedJSON

/// How XPath values become texts, numbers and booleans, and compare.
///
/// Source: W3C XPath 1.0, sections 3.4 and 4.
extension XPathEvaluator {
  /// The text of a node and everything below it.
  func text(of index: Int) -> String {
    let node = tree[index]
    switch node.kind {
    case .document, .element:
      var text = ""
      appendText(of: index, to: &text)
      return text
    case .text, .cdata, .whitespace: return run(from: index)
    default: return node.value
    }
  }

  private func appendText(of index: Int, to text: inout String) {
    for child in tree[index].children {
      switch tree[child].kind {
      case .text, .cdata, .whitespace: text += tree[child].value
      case .element: appendText(of: child, to: &text)
      default: break
      }
    }
  }

  /// Adjacent text and CDATA sections are one text; children are numbered in ascending order.
  private func run(from index: Int) -> String {
    let siblings = tree[tree[index].parent].children
    var (low, high) = (0, siblings.count)
    while low < high {
      let middle = (low + high) / 2
      if siblings[middle] < index { low = middle + 1 } else { high = middle }
    }
    return siblings[low...].prefix { [.text, .cdata, .whitespace].contains(tree[$0].kind) }
      .map { tree[$0].value }.joined()
  }

  func string(_ value: XPathValue) -> String {
    switch value {
    case .nodes(let nodes): nodes.first.map(text) ?? ""
    case .number(let value): Self.text(of: value)
    case .string(let value): value
    case .boolean(let value): value ? "true" : "false"
    }
  }

  func number(_ value: XPathValue) -> Double {
    switch value {
    case .nodes, .string: Self.number(in: string(value))
    case .number(let value): value
    case .boolean(let value): value ? 1 : 0
    }
  }

  func boolean(_ value: XPathValue) -> Bool {
    switch value {
    case .nodes(let nodes): !nodes.isEmpty
    case .number(let value): value != 0 && !value.isNaN
    case .string(let value): !value.isEmpty
    case .boolean(let value): value
    }
  }

  /// Never with an exponent.
  private static func text(of number: Double) -> String {
    guard number.isFinite else { return NumberText.text(of: number) }
    if number == 0 { return "0" }
    let digits = DecimalDigits(shortest: number)
    let text = DigitLayout.text(digits, max(0, -digits.exponent), .american, isGrouped: false)
    return number < 0 ? "-" + text : text
  }

  /// Digits with an optional minus sign and point; anything else is not a number.
  private static func number(in text: String) -> Double {
    let digits = text.split(whereSeparator: { " \t\n\r".contains($0) })
    guard digits.count == 1, let word = digits.first,
      word.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D })
    else { return .nan }
    return Double(word.hasSuffix(".") ? word + "0" : word) ?? .nan
  }

  // MARK: Comparison

  /// Sets of nodes compare as any of their nodes does.
  func compare(
    _ operation: XPathExpression.Operator,
    _ left: XPathValue,
    _ right: XPathValue
  ) -> Bool {
    switch (left, right) {
    case (.nodes, .boolean), (.boolean, .nodes):
      return compareSingle(operation, .boolean(boolean(left)), .boolean(boolean(right)))
    case (.nodes(let nodes), _):
      return nodes.contains { compare(operation, .string(text(of: $0)), right) }
    case (_, .nodes(let nodes)):
      return nodes.contains { compareSingle(operation, left, .string(text(of: $0))) }
    default: return compareSingle(operation, left, right)
    }
  }

  private func compareSingle(
    _ operation: XPathExpression.Operator,
    _ left: XPathValue,
    _ right: XPathValue
  ) -> Bool {
    switch operation {
    case .equal: areEqual(left, right)
    case .unequal: areUnequal(left, right)
    case .less: number(left) < number(right)
    case .lessOrEqual: number(left) <= number(right)
    case .greater: number(left) > number(right)
    default: number(left) >= number(right)
    }
  }

  private func areEqual(_ left: XPathValue, _ right: XPathValue) -> Bool {
    switch (left, right) {
    case (.boolean, _), (_, .boolean): boolean(left) == boolean(right)
    case (.number, _), (_, .number): number(left) == number(right)
    default: string(left).isOrdinallyEqual(to: string(right))
    }
  }

  private func areUnequal(_ left: XPathValue, _ right: XPathValue) -> Bool {
    switch (left, right) {
    case (.boolean, _), (_, .boolean): boolean(left) != boolean(right)
    case (.number, _), (_, .number): number(left) != number(right)
    default: !string(left).isOrdinallyEqual(to: string(right))
    }
  }
}
