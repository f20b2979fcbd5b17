/// The words of one invocation, sorted into positionals and options.
package struct Arguments: Sendable {
  package let spec: CommandSpec
  package let positionals: [String]
  private let options: [String: [String]]
  private let flags: Set<String>

  init(
    spec: CommandSpec,
    positionals: [String],
    options: [String: [String]],
    flags: Set<String>
  ) {
    self.spec = spec
    self.positionals = positionals
    self.options = options
    self.flags = flags
  }

  /// Whether a flag was given.
  package func has(_ flag: String) -> Bool { flags.contains(flag) }

  /// The last value of an option.
  package func value(_ option: String) -> String? { options[option]?.last }

  /// All values of a repeated option, in order.
  package func values(_ option: String) -> [String] { options[option] ?? [] }

  /// The word at a place; required ones are there once parsing succeeded.
  package subscript(index: Int) -> String? {
    positionals.indices.contains(index) ? positionals[index] : nil
  }

  /// The value of an option as a whole number within bounds.
  ///
  /// - Throws: `UsageError` for other text.
  package func integer(_ option: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
    guard let text = value(option) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw UsageError(
        "'--\(option) \(text)' is not a whole number from \(range.lowerBound) to \(range.upperBound)"
      )
    }
    return number
  }

  /// The value of an option that must be one of some words.
  ///
  /// - Throws: `UsageError` for another word.
  package func choice(_ option: String, of words: [String]) throws(UsageError) -> String? {
    guard let text = value(option) else { return nil }
    guard words.contains(text) else {
      throw UsageError(
        "'--\(option) \(text)' is not known",
        hint: "use one of \(words.joined(separator: ", "))"
      )
    }
    return text
  }
}
