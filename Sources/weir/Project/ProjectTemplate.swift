import Connectors
import Definitions
import FlowTesting
import OrderedJSON

/// The files of a new project.
enum ProjectTemplate {
  private static let connector = "azure-communication-identity"

  /// What each file holds, by its path in the project.
  static var files: [(path: String, bytes: [UInt8])] {
    let folder = "definitions/\(connector)"
    return [
      ("\(folder)/apiDefinition.swagger.json", PackageResources.apiDefinition_swagger_json),
      ("\(folder)/apiProperties.json", PackageResources.apiProperties_json),
      ("\(folder)/runtime.json", PackageResources.runtime_json),
      ("flows/connections.json", PackageResources.connections_json),
      ("flows/hello.json", PackageResources.hello_json),
      ("flows/hello.test.json", PackageResources.hello_test_json),
      (".vscode/settings.json", PackageResources.settings_json),
      (".vscode/flow.schema.json", Array((flowSchema.text + "\n").utf8)),
      (".vscode/flow-test.schema.json", Array(TestSchema.text.utf8)),
      (".gitignore", PackageResources.ignored_txt),
    ]
  }

  /// What `weir flow schema` prints in the new project.
  private static var flowSchema: JSON {
    let files = ConnectorFiles(
      name: connector,
      definition: ConnectorFiles.File(
        path: "apiDefinition.swagger.json",
        bytes: PackageResources.apiDefinition_swagger_json
      ),
      properties: ConnectorFiles.File(
        path: "apiProperties.json",
        bytes: PackageResources.apiProperties_json
      ),
      runtime: ConnectorFiles.File(path: "runtime.json", bytes: PackageResources.runtime_json)
    )
    let connections = (try? JSON(parsing: PackageResources.connections_json))?.objectValue ?? [:]
    let names = connections.members.map { ($0.key, connector) }
    return FlowSchema.schema(
      connectors: [ConnectorDecoder.decode(files).connector].compactMap(\.self),
      connections: Dictionary(names) { first, _ in first }
    )
  }
}
