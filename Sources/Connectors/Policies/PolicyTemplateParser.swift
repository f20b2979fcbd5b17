/// Splits a policy parameter into text and expressions; what is no expression stays text.
///
/// Source: connector format reference, section (f), expressions.
struct PolicyTemplateParser {
  private let characters: [Character]
  private let withPathVariables: Bool
  private var position = 0
  private var parts: [PolicyTemplate.Part] = []
  private var text = ""

  init(_ text: String, withPathVariables: Bool) {
    characters = Array(text)
    self.withPathVariables = withPathVariables
  }

  mutating func parse() -> [PolicyTemplate.Part] {
    while position < characters.count {
      if characters[position] == "@", let expression = takeExpression() {
        flush()
        parts.append(.expression(expression))
      } else if withPathVariables, characters[position] == "{", let name = takeVariable() {
        flush()
        parts.append(.pathVariable(name))
      } else {
        text.append(characters[position])
        position += 1
      }
    }
    flush()
    return parts
  }

  private mutating func flush() {
    if !text.isEmpty { parts.append(.text(text)) }
    text = ""
  }

  private mutating func takeVariable() -> String? {
    guard let close = characters[position...].firstIndex(of: "}"), close > position + 1 else {
      return nil
    }
    let name = String(characters[(position + 1)..<close])
    position = close + 1
    return name
  }

  /// `@name(…)…` or `@{name(…)…}`; the position moves only when all of it is there.
  private mutating func takeExpression() -> PolicyExpression? {
    let start = position
    position += 1
    let isBraced = peek == "{"
    if isBraced { position += 1 }
    skipSpaces(isBraced)
    guard let root = takeRoot(), let arguments = takeArguments() else {
      position = start
      return nil
    }
    let steps = root.isValue ? takeSteps() : []
    if isBraced {
      skipSpaces(true)
      guard peek == "}" else {
        position = start
        return nil
      }
      position += 1
    }
    return PolicyExpression(root: root, arguments: arguments, steps: steps)
  }

  private var peek: Character? { position < characters.count ? characters[position] : nil }

  private mutating func skipSpaces(_ allowed: Bool) {
    while allowed, let next = peek, next.isWhitespace { position += 1 }
  }

  private mutating func takeRoot() -> PolicyExpression.Root? {
    var name = ""
    while let next = peek, next.isLetter {
      name.append(next)
      position += 1
    }
    let lowered = name.lowercased()
    // Documentation also spells it without the plural.
    return PolicyExpression.Root(rawValue: lowered == "header" ? "headers" : lowered)
  }

  private mutating func takeArguments() -> [String]? {
    guard peek == "(" else { return nil }
    position += 1
    var arguments: [String] = []
    while true {
      skipSpaces(true)
      guard let next = peek else { return nil }
      if next == ")" {
        position += 1
        return arguments
      }
      if next == "," {
        position += 1
      } else if let word = takeQuoted() {
        arguments.append(word)
      } else {
        return nil
      }
    }
  }

  /// A word in single or double quotes; a doubled quote stands for one.
  private mutating func takeQuoted() -> String? {
    guard let quote = peek, quote == "'" || quote == "\"" else { return nil }
    position += 1
    var word = ""
    while let next = peek {
      position += 1
      guard next == quote else {
        word.append(next)
        continue
      }
      guard peek == quote else { return word }
      word.append(quote)
      position += 1
    }
    return nil
  }

  private mutating func takeSteps() -> [PolicyExpression.Step] {
    var steps: [PolicyExpression.Step] = []
    while let step = takeNameStep() ?? takeBracketStep() { steps.append(step) }
    return steps
  }

  private mutating func takeNameStep() -> PolicyExpression.Step? {
    let start = position
    if peek == "?" { position += 1 }
    guard peek == "." else {
      position = start
      return nil
    }
    position += 1
    var name = ""
    while let next = peek, next.isLetter || next.isNumber || next == "_" || next == "-" {
      name.append(next)
      position += 1
    }
    guard !name.isEmpty else {
      position = start
      return nil
    }
    return .name(name)
  }

  private mutating func takeBracketStep() -> PolicyExpression.Step? {
    let start = position
    if peek == "?" { position += 1 }
    guard peek == "[" else {
      position = start
      return nil
    }
    position += 1
    var step: PolicyExpression.Step?
    if let word = takeQuoted() {
      step = .name(word)
    } else {
      var digits = ""
      while let next = peek, next.isNumber {
        digits.append(next)
        position += 1
      }
      step = Int(digits).map { .index($0) }
    }
    guard let step, peek == "]" else {
      position = start
      return nil
    }
    position += 1
    return step
  }
}
