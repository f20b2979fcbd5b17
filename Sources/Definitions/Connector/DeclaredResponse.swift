package import OrderedJSON

/// A response that an operation declares.
package struct DeclaredResponse: Sendable {
  /// `200`, `404`, `default`.
  package var status: String
  package var description: String?
  package var schema: JSON?

  package var isSuccess: Bool { status.count == 3 && status.hasPrefix("2") }
}
