internal import Diagnostics
internal import Expressions
internal import OrderedJSON

/// Reads the mappings of `runtime.json` and reports what is wrong with their expressions.
///
/// Source: definitions/README.md.
enum MappingDecoder {
  /// A mapping or nothing, where nothing was written.
  struct Found {
    var mapping: Mapping?
  }

  struct FoundTemplate {
    var template: Template?
  }

  /// The mapping of one member; `nil` when it cannot be used.
  static func decode(
    _ name: String,
    _ known: [String],
    of value: JSON,
    at place: [String],
    _ file: inout DefinitionFile
  ) -> Found? {
    guard let written = value[name] else { return Found() }
    let place = place + [name]
    file.reportUnknownMembers(of: written, among: known, at: place)
    guard written.objectValue != nil else {
      file.reportDefect("'\(name)' is no object", at: place)
      return nil
    }
    guard isUsable(written, at: place, &file), let mapping = try? Mapping(compiling: written) else {
      return nil
    }
    return Found(mapping: mapping)
  }

  /// The template of one member; `nil` when it cannot be used.
  static func template(
    _ name: String,
    of value: JSON,
    at place: [String],
    _ file: inout DefinitionFile
  ) -> FoundTemplate? {
    guard let written = value[name] else { return FoundTemplate() }
    guard isUsable(written, at: place + [name], &file),
      let template = try? Template(compiling: written)
    else { return nil }
    return FoundTemplate(template: template)
  }

  private static func isUsable(
    _ value: JSON,
    at place: [String],
    _ file: inout DefinitionFile
  ) -> Bool {
    for problem in Template.check(value) where problem.severity == .error {
      file.reportDefect(problem.message, hint: problem.hint, at: place + problem.pointer.tokens)
    }
    let text = value.text.lowercased()
    for function in ["utcnow(", "guid(", "rand("] where text.contains(function) {
      file.reportDefect(
        "'\(function.dropLast())' has no meaning here: the same request must always look the same",
        hint: "let the flow give the value",
        at: place
      )
      return false
    }
    return true
  }
}
