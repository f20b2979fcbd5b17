import HTTPMessages

extension HTTPFields {
  /// Sets the field unless the flow set it itself.
  ///
  /// Source: W3C Trace Context, section 3.2.
  mutating func setTraceparent(_ value: String?) {
    guard let value, self["traceparent"] == nil else { return }
    append("traceparent", value)
  }
}
