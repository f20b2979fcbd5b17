/// What is done for an operation in place of the vendor's script.
///
/// The mappings hold expressions of the workflow language: `outputs('request')` and
/// `body('request')` are the request after the policies, `outputs('response')` and
/// `body('response')` what the service answered, `body('token')` what the token request was
/// answered, `parameters('key')` a value of the connection.
///
/// Source: definitions/README.md.
package struct ScriptReplacement: Sendable {
  /// Gives an object of `method`, `host`, `path`, `queries`, `headers`, `body`; absent ones stay.
  package var request: Mapping?
  /// Gives an object of `statusCode`, `headers`, `body`; absent ones stay.
  package var response: Mapping?
  /// Gives the response itself, so that nothing is sent.
  package var answer: Mapping?
  /// The name of a request for a token, whose answer the other mappings use.
  package var token: String?
  /// The name of a signer for this operation instead of the connector's.
  package var signer: String?

  package init() {}
}
