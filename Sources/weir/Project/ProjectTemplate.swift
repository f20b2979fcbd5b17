import FlowTesting

/// The files of a new project.
enum ProjectTemplate {
  /// What each file holds, by its path in the project.
  static var files: [(path: String, bytes: [UInt8])] {
    let connector = "definitions/azure-communication-identity"
    return [
      ("\(connector)/apiDefinition.swagger.json", PackageResources.apiDefinition_swagger_json),
      ("\(connector)/apiProperties.json", PackageResources.apiProperties_json),
      ("\(connector)/runtime.json", PackageResources.runtime_json),
      ("flows/connections.json", PackageResources.connections_json),
      ("flows/hello.json", PackageResources.hello_json),
      ("flows/hello.test.json", PackageResources.hello_test_json),
      (".vscode/settings.json", PackageResources.settings_json),
      (".vscode/flow-test.schema.json", Array(TestSchema.text.utf8)),
      (".gitignore", PackageResources.ignored_txt),
    ]
  }
}
