import Definitions
import Diagnostics
import Testing

/// Builds small definitions around the part that a test is about.
enum SampleConnector {
  static func files(
    paths: String = #"{"/things": {"get": {"operationId": "List", "responses": {}}}}"#,
    extra: String = "",
    properties: String? = nil,
    runtime: String? = nil,
    hasScript: Bool = false
  ) -> ConnectorFiles {
    let definition = """
      {"swagger": "2.0", "info": {"title": "Sample", "version": "1"}, "host": "api.example.com",
       "basePath": "/v1/", "schemes": ["https"], \(extra.isEmpty ? "" : extra + ",")
       "paths": \(paths)}
      """
    return ConnectorFiles(
      name: "sample",
      definition: file("sample/apiDefinition.swagger.json", definition),
      properties: properties.map { file("sample/apiProperties.json", $0) },
      runtime: runtime.map { file("sample/runtime.json", $0) },
      hasScript: hasScript
    )
  }

  static func connector(_ files: ConnectorFiles) throws -> Connector {
    try #require(ConnectorDecoder.decode(files).connector)
  }

  static func file(_ path: String, _ text: String) -> ConnectorFiles.File {
    ConnectorFiles.File(path: path, bytes: Array(text.utf8))
  }
}
