/// What the language knows at which place: members with their shapes and meanings.
///
/// The one table behind the check for unknown members, completion, hover and the JSON Schema.
///
/// Source: workflow language reference, sections (a), (d), (e) and (f).
package enum FlowLanguage {
  /// The object around a definition.
  package static let container: [MemberShape] = [
    MemberShape("definition", .object(definition), "The triggers and actions of the flow."),
    MemberShape(
      "kind",
      .choice(["Stateful", "Stateless"]),
      "Whether runs are kept after they ended."
    ),
  ]

  package static let definition: [MemberShape] = [
    MemberShape("$schema", .text, "The schema of the language."),
    MemberShape("contentVersion", .text, "A version of the author's own, such as 1.0.0.0."),
    MemberShape("description", .text, "What the flow is for."),
    MemberShape("metadata", .any, "Notes of tools."),
    MemberShape(
      "parameters",
      .map(.object(parameter)),
      "Values that differ between deployments, read with parameters('name')."
    ),
    MemberShape("triggers", .any, "What starts a run.", isRequired: true),
    MemberShape("actions", .actions, "What a run does."),
    MemberShape("staticResults", .map(.any), "Results that stand in for those of actions."),
    MemberShape("outputs", .map(.object(output)), "Values that are computed when a run ended."),
  ]

  package static let parameterTypes = [
    "string", "securestring", "int", "float", "bool", "array", "object", "secureobject",
  ]

  static let parameter: [MemberShape] = [
    MemberShape("type", .choice(parameterTypes), "The type of the value.", isRequired: true),
    MemberShape("defaultValue", .any, "The value where none is given."),
    MemberShape("allowedValues", .list(.any), "The values that may be given."),
    MemberShape("description", .text, "What the parameter is for."),
    MemberShape("metadata", .any, "Notes of tools."),
  ]

  static let output: [MemberShape] = [
    MemberShape("type", .text, "The type of the value."),
    MemberShape("value", .any, "The value, usually an expression.", isRequired: true),
    MemberShape("description", .text, "What the value means."),
    MemberShape("metadata", .any, "Notes of tools."),
  ]

  /// The members of an action of a type, as the language spells it.
  package static func members(ofAction type: String, kind: String? = nil) -> [MemberShape] {
    let inputs = inputs(ofAction: type, kind: kind).map {
      [MemberShape("inputs", $0, "What the action works with.")]
    }
    let kind =
      type == "Expression" ? [MemberShape("kind", .choice(timeKinds), "What it computes.")] : []
    return kind + (inputs ?? []) + (containers[type] ?? []) + common
  }

  /// The members of a trigger of a type.
  package static func members(ofTrigger type: String) -> [MemberShape] {
    let inputs = inputs(ofTrigger: type).map {
      [MemberShape("inputs", $0, "What the trigger works with.")]
    }
    return (inputs ?? []) + triggerCommon
  }

  package static let timeKinds = [
    "AddToTime", "ConvertTimeZone", "CurrentTime", "GetFutureTime", "GetPastTime",
    "SubtractFromTime",
  ]

  static let statuses = ["Succeeded", "Failed", "Skipped", "TimedOut"]

  static let actionOptions = [
    "DisableAsyncPattern", "Asynchronous", "Sequential", "FailWhenLimitsReached",
    "SuppressWorkflowHeaders", "SuppressWorkflowHeadersOnResponse",
    "DisableAutomaticDecompression",
  ]

  static let triggerOptions = [
    "SingleInstance", "EnableSchemaValidation", "IncludeAuthorizationHeadersInOutputs",
    "SuppressWorkflowHeadersOnResponse", "SuppressWorkflowHeaders",
    "DisableAutomaticDecompression",
  ]
}
