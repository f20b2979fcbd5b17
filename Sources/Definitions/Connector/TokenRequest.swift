package import Expressions

/// A request for a token that is sent before others and whose answer is kept until it expires.
///
/// Source: definitions/README.md.
package struct TokenRequest: Sendable {
  /// Gives an object of `method`, `url`, `queries`, `headers`, `form`, `body`.
  package var request: Mapping
  /// Gives the seconds for which the answer is good; `nil` reads `expires_in` of the answer.
  package var expiresIn: Template?

  package init(request: Mapping, expiresIn: Template?) {
    self.request = request
    self.expiresIn = expiresIn
  }
}
