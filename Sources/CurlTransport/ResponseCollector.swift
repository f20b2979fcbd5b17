import HTTPMessages

/// Gathers the headers and the body of one response, within bounds.
final class ResponseCollector {
  /// The most bytes of a body.
  var byteLimit = 0
  /// Whether a bound was exceeded, which aborted the transfer.
  private(set) var isTooLarge = false

  private var fields: [HTTPFields.Field] = []
  private var headerByteCount = 0
  private var body: [UInt8] = []

  /// The most bytes of header fields.
  static let headerByteLimit = 256 << 10

  /// Takes one header line with its line end, or the status line; `false` aborts.
  func takeHeader(_ line: UnsafeRawBufferPointer) -> Bool {
    headerByteCount += line.count
    guard headerByteCount <= Self.headerByteLimit else {
      isTooLarge = true
      return false
    }
    if line.starts(with: "HTTP/".utf8) {
      // An interim response, or that of a proxy, came before.
      fields.removeAll(keepingCapacity: true)
    } else if body.isEmpty {
      append(line)
    }
    return true
  }

  /// Takes the next bytes of the body; `false` aborts.
  func takeBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
    guard body.count + bytes.count <= byteLimit else {
      isTooLarge = true
      return false
    }
    body.append(contentsOf: bytes)
    return true
  }

  /// The whole response.
  ///
  /// Where libcurl was to remove a compression (`isDecompressed`), the fields that describe the
  /// compressed body are dropped.
  func response(status: Int, isDecompressed: Bool) -> HTTPResponse {
    var headers = HTTPFields(fields)
    if isDecompressed, !body.isEmpty, headers["Content-Encoding"] != nil {
      headers["Content-Encoding"] = nil
      headers["Content-Length"] = nil
    }
    return HTTPResponse(status: status, headers: headers, body: body)
  }

  func clear() {
    isTooLarge = false
    headerByteCount = 0
    fields = []
    body = []
  }

  private func append(_ line: UnsafeRawBufferPointer) {
    guard let first = line.first else { return }
    if Self.isSpace(first), !fields.isEmpty {
      // A folded line continues the field before it (RFC 9112 section 5.2).
      let rest = Self.text(line)
      if !rest.isEmpty { fields[fields.count - 1].value += " " + rest }
      return
    }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let name = Self.text(UnsafeRawBufferPointer(rebasing: line[..<colon]))
    let value = Self.text(UnsafeRawBufferPointer(rebasing: line[(colon + 1)...]))
    fields.append(HTTPFields.Field(name: name, value: value))
  }

  /// The bytes as text without white space around.
  private static func text(_ bytes: UnsafeRawBufferPointer) -> String {
    var range = 0..<bytes.count
    while let first = range.first, isSpace(bytes[first]) { range.removeFirst() }
    while let last = range.last, isSpace(bytes[last]) { range.removeLast() }
    return String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
  }

  private static func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0D || byte == 0x0A
  }
}

/// Called by libcurl with header lines.
func collectHeader(
  _ start: UnsafeMutablePointer<CChar>?,
  _ size: Int,
  _ count: Int,
  _ user: UnsafeMutableRawPointer?
) -> Int {
  collect(start, size * count, user) { collector, bytes in collector.takeHeader(bytes) }
}

/// Called by libcurl with bytes of the body.
func collectBody(
  _ start: UnsafeMutablePointer<CChar>?,
  _ size: Int,
  _ count: Int,
  _ user: UnsafeMutableRawPointer?
) -> Int {
  collect(start, size * count, user) { collector, bytes in collector.takeBody(bytes) }
}

// Any other result than the byte count aborts the transfer.
private func collect(
  _ start: UnsafeMutablePointer<CChar>?,
  _ byteCount: Int,
  _ user: UnsafeMutableRawPointer?,
  _ take: (ResponseCollector, UnsafeRawBufferPointer) -> Bool
) -> Int {
  guard let user else { return -1 }
  let collector = Unmanaged<ResponseCollector>.fromOpaque(user).takeUnretainedValue()
  let isTaken = take(collector, UnsafeRawBufferPointer(start: start, count: byteCount))
  return isTaken ? byteCount : -1
}
