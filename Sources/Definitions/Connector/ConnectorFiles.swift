/// The files of one connector folder, already read.
package struct ConnectorFiles: Sendable {
  package struct File: Sendable {
    /// As messages show it.
    package var path: String
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  /// The name of the folder.
  package var name: String
  /// `apiDefinition.swagger.json`, or the only other `*.swagger.json`.
  package var definition: File
  /// `apiProperties.json`.
  package var properties: File?
  /// `runtime.json`.
  package var runtime: File?
  /// Whether the folder holds a `*.csx` or `script.cs`.
  package var hasScript: Bool

  package init(
    name: String,
    definition: File,
    properties: File? = nil,
    runtime: File? = nil,
    hasScript: Bool = false
  ) {
    self.name = name
    self.definition = definition
    self.properties = properties
    self.runtime = runtime
    self.hasScript = hasScript
  }
}
