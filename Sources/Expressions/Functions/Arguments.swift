import OrderedJSON

/// The evaluated arguments of a call, whose kinds were checked against the parameters.
package struct Arguments {
  let values: [JSON]
  /// The locale that the call names literally.
  let locale: PreparedLocale?

  init(_ values: [JSON], locale: PreparedLocale?) {
    self.values = values
    self.locale = locale
  }

  var count: Int { values.count }

  subscript(index: Int) -> JSON { values[index] }

  /// The text at an index; empty when absent.
  func text(_ index: Int) -> String { optionalText(index) ?? "" }

  /// The text at an index; `nil` when the argument is absent.
  func optionalText(_ index: Int) -> String? {
    index < values.count ? values[index].stringValue : nil
  }

  /// The integer at an index; 0 when absent.
  func integer(_ index: Int) -> Int64 { optionalInteger(index) ?? 0 }

  /// The integer at an index; `nil` when the argument is absent.
  func optionalInteger(_ index: Int) -> Int64? {
    guard index < values.count, case .integer(let value) = values[index] else { return nil }
    return value
  }
}

extension JSON {
  /// The text of an argument that was checked to be one.
  var checkedText: String { stringValue ?? "" }

  /// The elements of an argument that was checked to be an array.
  var checkedArray: [JSON] { arrayValue ?? [] }

  /// The members of an argument that was checked to be an object.
  var checkedObject: JSONObject { objectValue ?? JSONObject() }

  /// The integer of an argument that was checked to be one.
  var checkedInteger: Int64 { if case .integer(let value) = self { value } else { 0 } }
}
