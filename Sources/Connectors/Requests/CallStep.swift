package import HTTPMessages

/// What to do next for a call.
package enum CallStep: Sendable {
  /// Send this, then ask again with the response among the look-ups.
  case lookUp(PreparedRequest)
  /// Get this token, from an earlier answer or by asking, then ask again with it.
  indirect case needToken(TokenFetch)
  /// Nothing is to be sent: this is the response, policies included.
  case answer(HTTPResponse)
  /// Send this: it is the call itself. The draft is what response policies look at.
  indirect case send(PreparedRequest, draft: RequestDraft)
}
