/// What a command is called and what it takes.
package struct CommandSpec: Sendable {
  /// Noun and verb: `["run", "start"]`; a single word for commands without a noun.
  package var path: [String]
  package var summary: String
  package var positionals: [PositionalSpec]
  package var options: [OptionSpec]
  /// Further paragraphs for the help page.
  package var discussion: String?
  /// Other names of the verb, such as `replay` for `resubmit`.
  package var aliases: [String]

  package init(
    _ path: String...,
    summary: String,
    positionals: [PositionalSpec] = [],
    options: [OptionSpec] = [],
    discussion: String? = nil,
    aliases: [String] = []
  ) {
    self.path = path
    self.summary = summary
    self.positionals = positionals
    self.options = options
    self.discussion = discussion
    self.aliases = aliases
  }

  package var name: String { path.joined(separator: " ") }
}

/// A word that a command takes by its place.
package struct PositionalSpec: Sendable {
  /// As help shows it, such as `FLOW`.
  package var name: String
  package var summary: String
  package var isRequired: Bool
  package var repeats: Bool

  package init(
    _ name: String,
    _ summary: String,
    isRequired: Bool = true,
    repeats: Bool = false
  ) {
    self.name = name
    self.summary = summary
    self.isRequired = isRequired
    self.repeats = repeats
  }
}

/// An option that a command takes by its name.
package struct OptionSpec: Sendable {
  /// Without dashes, such as `output`.
  package var name: String
  /// As help shows its value, such as `FILE`; `nil` for a flag.
  package var value: String?
  package var summary: String
  package var repeats: Bool

  package init(_ name: String, _ value: String? = nil, _ summary: String, repeats: Bool = false) {
    self.name = name
    self.value = value
    self.summary = summary
    self.repeats = repeats
  }
}
