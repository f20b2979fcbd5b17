package import OrderedJSON

/// Which trace something belongs to, and below which span.
///
/// Source: W3C Trace Context, section 3.2.
package struct TraceContext: Hashable, Sendable {
  /// 32 hexadecimal digits in lower case, not all zero.
  package let traceID: String
  /// 16 hexadecimal digits in lower case, not all zero.
  package let spanID: String
  /// Whether whoever began the trace records it.
  package let isSampled: Bool

  package init(traceID: String, spanID: String, isSampled: Bool = true) {
    self.traceID = traceID
    self.spanID = spanID
    self.isSampled = isSampled
  }

  /// Reads the value of a `traceparent` field; `nil` when it is malformed.
  ///
  /// Versions above 00 may have more members behind these.
  package init?(traceparent: String) {
    let parts = traceparent.split(separator: "-", omittingEmptySubsequences: false).map(String.init)
    guard parts.count >= 4, Self.isHex(parts[0], 2), parts[0] != "ff",
      parts[0] != "00" || parts.count == 4,
      Self.isHex(parts[1], 32), Self.isHex(parts[2], 16), Self.isHex(parts[3], 2),
      parts[1].contains(where: { $0 != "0" }), parts[2].contains(where: { $0 != "0" }),
      let flags = UInt8(parts[3], radix: 16)
    else { return nil }
    self.init(traceID: parts[1], spanID: parts[2], isSampled: flags & 1 == 1)
  }

  /// The value of a `traceparent` field for what is caused here.
  package var traceparent: String { "00-\(traceID)-\(spanID)-\(isSampled ? "01" : "00")" }

  /// The context that came with the request which triggered a run.
  ///
  /// - Parameter trigger: The record of a trigger, with `outputs.headers` when it was a request.
  package init?(trigger: JSON) {
    let fields = trigger["outputs"]?["headers"]?.objectValue
    let field = fields?.first { $0.key.lowercased() == "traceparent" }
    guard let value = field?.value.stringValue else { return nil }
    self.init(traceparent: value)
  }

  private static func isHex(_ text: String, _ count: Int) -> Bool {
    text.utf8.count == count
      && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
  }
}
