/// What to do next for a call.
package enum CallStep: Sendable {
  /// Send this, then ask again with the response among the look-ups.
  case lookUp(PreparedRequest)
  /// Send this: it is the call itself. The draft is what response policies look at.
  case send(PreparedRequest, draft: RequestDraft)
}
