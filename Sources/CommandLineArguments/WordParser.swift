/// Sorts words into positionals, options and flags.
struct WordParser {
  let spec: CommandSpec
  let options: [OptionSpec]
  private var positionals: [String] = []
  private var values: [String: [String]] = [:]
  private var flags: Set<String> = []

  init(spec: CommandSpec, options: [OptionSpec]) {
    self.spec = spec
    self.options = options
  }

  /// Takes everything after the program's name; the first `count` positionals are the command.
  mutating func parse(_ words: [String], skipping count: Int) throws(UsageError) {
    var rest = words[...]
    var onlyPositionals = false
    while let word = rest.popFirst() {
      if onlyPositionals || !word.hasPrefix("-") || word == "-" || isNegativeNumber(word) {
        positionals.append(word)
      } else if word == "--" {
        onlyPositionals = true
      } else {
        try takeOption(word, &rest)
      }
    }
    positionals.removeFirst(min(count, positionals.count))
  }

  private func isNegativeNumber(_ word: String) -> Bool { Double(word) != nil }

  private mutating func takeOption(_ word: String, _ rest: inout ArraySlice<String>)
    throws(UsageError)
  {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let name = String(parts[0].drop { $0 == "-" })
    guard let option = options.first(where: { $0.name == name }), word.hasPrefix("--") else {
      let known = options.map(\.name)
      throw UsageError(
        "'\(spec.name)' has no option '\(parts[0])'",
        hint: CommandTable.suggestion(name, known).map {
          $0.replacingFirstQuote(with: "'--")
        } ?? "see '\(spec.name) --help'"
      )
    }
    guard option.value != nil else {
      if parts.count > 1 { throw UsageError("the option '--\(name)' takes no value") }
      flags.insert(name)
      return
    }
    guard let value = parts.count > 1 ? String(parts[1]) : rest.popFirst() else {
      throw UsageError(
        "the option '--\(name)' needs a value",
        hint: "write --\(name) \(option.value ?? "")"
      )
    }
    if !option.repeats, values[name] != nil {
      throw UsageError("the option '--\(name)' was given twice")
    }
    values[name, default: []].append(value)
  }

  func finish() throws(UsageError) -> Arguments {
    let required = spec.positionals.filter(\.isRequired)
    if positionals.count < required.count {
      let missing = required[positionals.count]
      throw UsageError(
        "'\(spec.name)' needs \(missing.name): \(missing.summary)",
        hint: "see '\(spec.name) --help'"
      )
    }
    let mayRepeat = spec.positionals.last?.repeats ?? false
    if positionals.count > spec.positionals.count, !mayRepeat {
      throw UsageError(
        "'\(positionals[spec.positionals.count])' is one word too many for '\(spec.name)'"
      )
    }
    return Arguments(spec: spec, positionals: positionals, options: values, flags: flags)
  }
}

extension String {
  fileprivate func replacingFirstQuote(with text: String) -> String {
    guard let index = firstIndex(of: "'") else { return self }
    return self[..<index] + text + self[self.index(after: index)...]
  }
}
