internal import Definitions

/// A policy whose texts with expressions are parsed, once for all calls.
struct CompiledPolicy: Sendable {
  let instance: PolicyInstance
  private let templates: [String: PolicyTemplate]

  /// Parameters in which `{name}` stands for a path variable.
  private static let paths: Set<String> = ["newpath", "parametervalueurl"]

  init(_ instance: PolicyInstance) {
    self.instance = instance
    var templates: [String: PolicyTemplate] = [:]
    for name in instance.parameters.keys {
      guard let text = instance.text(name) else { continue }
      templates[name] = PolicyTemplate(text, withPathVariables: Self.paths.contains(name))
    }
    self.templates = templates
  }

  var title: String { instance.title }

  /// The parsed text of a parameter, by its name in lower case; `nil` when it is absent.
  func template(_ parameter: String) -> PolicyTemplate? { templates[parameter] }

  func text(_ parameter: String) -> String? { instance.text(parameter) }
}
