extension JSON {
  /// Reads one strict JSON text.
  ///
  /// - Throws: `JSONParseError` with the offset of the first defect.
  package init(
    parsing bytes: [UInt8],
    limits: JSONLimits = .standard
  ) throws(JSONParseError) {
    var parser = JSONParser(limits: limits, lenient: false, recordsSource: false)
    self = try parser.parseDocument(bytes)
  }

  /// Reads one strict JSON text.
  ///
  /// - Throws: `JSONParseError` with the offset of the first defect.
  package init(
    parsing text: String,
    limits: JSONLimits = .standard
  ) throws(JSONParseError) {
    try self.init(parsing: Array(text.utf8), limits: limits)
  }
}
