internal import HTTPMessages

extension HTTPFields {
  /// The first value under this name, without joining it with later ones.
  func first(_ name: String) -> String? {
    fields.first { $0.name.isSameFieldName(as: name) }?.value
  }
}
