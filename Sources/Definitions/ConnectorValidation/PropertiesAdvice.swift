internal import Diagnostics
internal import OrderedJSON

/// Rules on policies and on how connection parameters and security definitions fit together.
///
/// Source: connector format reference, sections (e), (f) and (k).
enum PropertiesAdvice {
  /// The templates that have an effect, in lower case.
  static let templates = [
    "dynamichosturl", "dynamicsubdomain", "routerequesttoendpoint", "setheader",
    "setqueryparameter", "setproperty", "convertarraytoobject", "convertobjecttoarray",
    "stringtoarray", "stringreplace", "encodepropertyvalue", "moveproperties", "setvaluefromurl",
    "updatenextlink", "setconnectionstatustounauthenticated", "pollingtrigger",
  ]

  static func report(_ connector: Connector, _ file: inout DefinitionFile) {
    let known = Set(connector.operations.map { $0.id.lowercased() })
    for (index, policy) in connector.policies.enumerated() {
      let place = ["properties", "policyTemplateInstances", String(index)]
      if !templates.contains(policy.template) {
        let nearest = NearestName.suggestion(for: policy.template, among: templates)
        file.report(
          .policyAdvice,
          "there is no policy template '\(policy.template)'; it has no effect",
          hint: nearest.map { "did you mean '\($0)'?" },
          at: place + ["templateId"]
        )
      }
      for name in policy.operationNames where !known.contains(name.lowercased()) {
        file.report(
          .policyAdvice,
          "the policy '\(policy.title)' names the operation '\(name)', which does not exist",
          at: place + ["parameters"],
          onKey: true
        )
      }
    }
    reportSchemes(connector, &file)
  }

  private static func reportSchemes(_ connector: Connector, _ file: inout DefinitionFile) {
    let parameters = connector.parameterSets.flatMap(\.parameters)
    guard !parameters.isEmpty else { return }
    let hasOAuth = parameters.contains { $0.kind == .oauth }
    if connector.securitySchemes.contains(where: { $0.kind == .oauth2 }), !hasOAuth {
      file.report(
        .securityAdvice,
        "the service wants OAuth, but no connection parameter is of type 'oauthSetting'",
        at: ["properties", "connectionParameters"],
        onKey: true
      )
    }
  }
}
