package import OrderedJSON

extension JSON {
  /// The value unless it is null; an input that is null counts as absent.
  package var nonNull: JSON? {
    // A plain `nil` would be read as the JSON literal.
    isNull ? Optional<JSON>.none : .some(self)
  }
}
