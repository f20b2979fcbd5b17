import Connectors
import Definitions
import Diagnostics
import Fixtures
import Foundation
import OrderedJSON
import Testing

/// Builds small connectors around the part that a test is about, and loads the shipped ones.
enum SampleConnector {
  static func make(
    paths: String,
    extra: String = "",
    properties: String? = nil,
    runtime: String? = nil,
    hasScript: Bool = false
  ) throws -> Connector {
    let definition = """
      {"swagger": "2.0", "info": {"title": "Sample", "version": "1"}, "host": "api.example.com",
       "basePath": "/v1/", "schemes": ["https"], \(extra.isEmpty ? "" : extra + ",")
       "paths": \(paths)}
      """
    let (connector, diagnostics) = ConnectorDecoder.decode(
      ConnectorFiles(
        name: "sample",
        definition: file("apiDefinition.swagger.json", definition),
        properties: properties.map { file("apiProperties.json", #"{"properties": "# + $0 + "}") },
        runtime: runtime.map { file("runtime.json", $0) },
        hasScript: hasScript
      )
    )
    return try #require(connector, "\(diagnostics)")
  }

  /// A connector of the repository's `definitions` folder.
  static func shipped(_ name: String) throws -> Connector {
    let files = try CorpusFolder.files(in: folder(name))
    return try #require(ConnectorDecoder.decode(files).connector)
  }

  static func folder(_ name: String) -> URL {
    Fixtures.root.appending(path: "definitions").appending(path: name)
  }

  private static func file(_ path: String, _ text: String) -> ConnectorFiles.File {
    ConnectorFiles.File(path: path, bytes: Array(text.utf8))
  }
}
