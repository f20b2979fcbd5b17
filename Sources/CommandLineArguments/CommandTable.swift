/// All commands of a program.
package struct CommandTable: Sendable {
  package let program: String
  package let summary: String
  package let commands: [CommandSpec]
  /// Options that every command takes, before or after the verb.
  package let globals: [OptionSpec]

  package init(
    program: String,
    summary: String,
    commands: [CommandSpec],
    globals: [OptionSpec]
  ) {
    self.program = program
    self.summary = summary
    self.commands = commands
    self.globals = globals
  }

  /// What the words ask for.
  package enum Request: Sendable {
    case run(Arguments)
    /// The help page of a command, of a noun, or of the program when the path is empty.
    case help([String])
    case version
  }

  /// Sorts the words after the program's name.
  ///
  /// - Throws: `UsageError` for an unknown command or option, a missing or superfluous word.
  package func parse(_ words: [String]) throws(UsageError) -> Request {
    let named = commandWords(words)
    if words.contains("--version"), named.isEmpty { return .version }
    guard let spec = command(named) else { return try helpOrError(words, named) }
    if words.contains("--help") || words.contains("-h") { return .help(spec.path) }
    var parser = WordParser(spec: spec, options: spec.options + globals)
    try parser.parse(words, skipping: spec.path.count)
    return .run(try parser.finish())
  }

  /// The commands that begin with these words.
  package func commands(under path: [String]) -> [CommandSpec] {
    commands.filter { $0.path.starts(with: path) }
  }

  /// The leading words that are neither options nor values of global options.
  private func commandWords(_ words: [String]) -> [String] {
    var named: [String] = []
    var index = 0
    let longest = commands.map(\.path.count).max() ?? 0
    while index < words.count, named.count < (named.first == "help" ? longest + 1 : longest) {
      let word = words[index]
      if word.hasPrefix("-") {
        let takesValue = globals.contains { "--\($0.name)" == word && $0.value != nil }
        index += takesValue ? 2 : 1
        if !isGlobal(word) { break }
      } else {
        named.append(word)
        index += 1
      }
    }
    return named
  }

  private func isGlobal(_ word: String) -> Bool {
    let name = word.prefix { $0 != "=" }
    return globals.contains { "--\($0.name)" == name }
      || ["--help", "-h", "--version"].contains(word)
  }

  private func command(_ words: [String]) -> CommandSpec? {
    commands.first { spec in
      words.starts(with: spec.path)
        || spec.aliases.contains { words.starts(with: spec.path.dropLast() + [$0]) }
    }
  }

  private func helpOrError(_ words: [String], _ named: [String]) throws(UsageError) -> Request {
    guard let noun = named.first, noun != "help" else {
      return .help(Array(named.dropFirst()))
    }
    let verbs = commands.filter { $0.path.first == noun }
    if verbs.isEmpty {
      let nouns = Set(commands.compactMap(\.path.first)).sorted()
      throw UsageError(
        "there is no command '\(noun)'",
        hint: Self.suggestion(noun, nouns) ?? "'\(program) --help' lists the commands"
      )
    }
    var known = [noun]
    for word in named.dropFirst() {
      if commands(under: known + [word]).isEmpty { throw unknown(word, under: known) }
      known.append(word)
    }
    return .help(known)
  }

  private func unknown(_ word: String, under known: [String]) -> UsageError {
    let begun = known.joined(separator: " ")
    var names: [String] = []
    for spec in commands(under: known) where !names.contains(spec.path[known.count]) {
      names.append(spec.path[known.count])
    }
    return UsageError(
      "there is no command '\(begun) \(word)'",
      hint: Self.suggestion(word, names) ?? "'\(begun)' knows \(names.joined(separator: ", "))"
    )
  }

  static func suggestion(_ word: String, _ known: [String]) -> String? {
    let close = known.filter { $0.hasPrefix(word) || word.hasPrefix($0) || isNear(word, $0) }
    return close.first.map { "did you mean '\($0)'?" }
  }

  /// Whether one change, or a swap of neighbours, turns one word into the other.
  private static func isNear(_ left: String, _ right: String) -> Bool {
    let (left, right) = (Array(left), Array(right))
    let prefix = zip(left, right).prefix { $0 == $1 }.count
    let suffix = zip(left.reversed(), right.reversed()).prefix { $0 == $1 }.count
    let longer = max(left.count, right.count)
    if left.count == right.count, prefix + suffix + 2 >= longer { return true }
    return abs(left.count - right.count) <= 1 && prefix + suffix + 1 >= longer
  }
}
