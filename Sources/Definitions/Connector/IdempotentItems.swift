package import OrderedJSON

/// Where the items of a body carry idempotency keys of their own.
///
/// Source: definitions/README.md, `idempotencyItems`.
package struct IdempotentItems: Hashable, Sendable {
  /// The items, as a pointer that begins with `body` and where `*` means each element.
  package var items: JSONPointer
  /// The member for the key.
  package var key: String
  /// The member for the time of the step's first request.
  package var firstSent: String?
}
