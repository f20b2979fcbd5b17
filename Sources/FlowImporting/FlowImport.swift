package import Diagnostics
package import OrderedJSON

/// What was found in an export: flows, the connections that they need, and what has no place here.
package struct FlowImport: Sendable {
  package struct Flow: Sendable {
    /// Free of anything that a file name cannot have.
    package var name: String
    package var document: JSON
  }

  /// A file of the export, by its path inside.
  package struct File: Sendable {
    package var path: String
    package var bytes: [UInt8]

    package init(path: String, bytes: [UInt8]) {
      self.path = path
      self.bytes = bytes
    }
  }

  package internal(set) var flows: [Flow] = []
  /// Entries for `connections.json`, with references to app settings where secrets belong.
  package internal(set) var connections = JSONObject()
  /// Entries for `parameters.json`.
  package internal(set) var parameters = JSONObject()
  /// Names of app settings that the flows read.
  package internal(set) var settings: [String] = []
  /// What could not be carried over.
  package internal(set) var notes: [Diagnostic] = []

  /// Looks through the files of an export.
  ///
  /// - Parameters:
  ///   - files: All of it.
  ///   - name: What a flow is called that has no name of its own.
  ///   - connectors: The connectors that are installed, and the values that their connections need.
  package init(_ files: [File], name: String, connectors: [InstalledConnector]) {
    var reader = ImportReader(fallbackName: name, connectors: connectors)
    for file in files { reader.read(file) }
    self = reader.result
    flows.sort { $0.name < $1.name }
  }

  init() {}
}

/// A connector of the project, as far as an import must know it.
package struct InstalledConnector: Sendable {
  package var name: String
  /// The values without which there is no connection.
  package var required: [String]

  package init(name: String, required: [String]) {
    self.name = name
    self.required = required
  }
}
