package import Expressions

/// What is done for an operation in place of the vendor's script.
///
/// The members are templates of the workflow language: `outputs('request')` and `body('request')`
/// are the request after the policies, `outputs('response')` and `body('response')` what the
/// service answered, `parameters('key')` a value of the connection.
///
/// Source: definitions/README.md.
package struct ScriptReplacement: Sendable {
  /// Gives an object of `method`, `path`, `queries`, `headers`, `body`; absent ones stay.
  package var request: Template?
  /// Gives an object of `statusCode`, `headers`, `body`; absent ones stay.
  package var response: Template?

  package init(request: Template? = nil, response: Template? = nil) {
    self.request = request
    self.response = response
  }
}
