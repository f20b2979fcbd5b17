package import OrderedJSON

/// Which connection and operation the `host` of an action names, in each of its three forms.
///
/// Source: workflow language reference, section d.5.
package struct HostReference: Sendable {
  package var connection: String
  /// `nil` when the operation is named by method and path.
  package var operation: String?

  /// Reads evaluated inputs; `nil` when no connection is named.
  package init?(inputs: JSON) {
    guard let host = inputs["host"], let connection = Self.connection(host) else { return nil }
    self.connection = connection
    operation = host["operationId"]?.stringValue
  }

  private static func connection(_ host: JSON) -> String? {
    let named =
      host["connectionName"]?.stringValue ?? host["connection"]?["referenceName"]?.stringValue
      ?? host["connection"]?["name"]?.stringValue ?? host["connection"]?.stringValue
      ?? host["connectionReferenceName"]?.stringValue
    // A resource id names the connection by its last part.
    guard let named, named.utf8.contains(UInt8(ascii: "/")) else { return named }
    return named.split(separator: "/").last.map(String.init)
  }
}
