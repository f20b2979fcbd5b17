import CCurl
import HTTPMessages

/// Header fields in the form that libcurl takes, in memory that serves one request after another.
///
/// Source: https://curl.se/libcurl/c/CURLOPT_HTTPHEADER.html
final class HeaderList {
  /// The lines, each with a zero behind it; libcurl changes and frees none of them.
  private var text = UnsafeMutableRawBufferPointer.allocate(byteCount: 2048, alignment: 1)
  private var count = 0
  /// Where the lines start.
  private var starts: [Int] = []
  private var nodes = UnsafeMutableBufferPointer<curl_slist>(start: nil, count: 0)

  deinit {
    text.deallocate()
    nodes.deallocate()
  }

  /// What a request asks for that asks for no encoding of its own.
  static let acceptedEncodings = "gzip, deflate"

  /// The fields of a request, in order, with nothing added but `Host`, `User-Agent` and
  /// `Accept-Encoding`; valid until the next call.
  ///
  /// The framing of the body is libcurl's, so `Content-Length` and `Transfer-Encoding` are left
  /// to it.
  func fill(from request: HTTPRequest, _ userAgent: String) -> UnsafeMutablePointer<curl_slist>? {
    count = 0
    starts.removeAll(keepingCapacity: true)
    let headers = request.headers
    if !headers.contains("Host") { append("Host", ": ", request.authority) }
    if !headers.contains("User-Agent") { append("User-Agent", ": ", userAgent) }
    if !headers.contains("Accept-Encoding") {
      append("Accept-Encoding", ": ", Self.acceptedEncodings)
    }
    for field in headers.fields where !Self.isFraming(field.name) {
      // Without a value a colon removes the field; a semicolon sends it empty.
      let isEmpty = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      append(field.name, isEmpty ? ";" : ": ", isEmpty ? "" : field.value)
    }
    // What libcurl would add by itself.
    if !headers.contains("Accept") { append("Accept", ":", "") }
    if !headers.contains("Content-Type") { append("Content-Type", ":", "") }
    if !headers.contains("Expect") { append("Expect", ":", "") }
    return linked()
  }

  private static func isFraming(_ name: String) -> Bool {
    name.isSameFieldName(as: "Content-Length") || name.isSameFieldName(as: "Transfer-Encoding")
  }

  private func append(_ name: String, _ separator: String, _ value: String) {
    let length = name.utf8.count + separator.utf8.count + value.utf8.count + 1
    if text.count - count < length { makeRoom(for: length) }
    starts.append(count)
    append(name)
    append(separator)
    append(value)
    text[count] = 0
    count += 1
  }

  private func append(_ part: String) {
    var part = part
    part.withUTF8 { bytes in
      UnsafeMutableRawBufferPointer(rebasing: text[count...]).copyMemory(from: .init(bytes))
      count += bytes.count
    }
  }

  private func makeRoom(for length: Int) {
    let larger = UnsafeMutableRawBufferPointer.allocate(
      byteCount: 2 * (count + length),
      alignment: 1
    )
    larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: text[..<count]))
    text.deallocate()
    text = larger
  }

  private func linked() -> UnsafeMutablePointer<curl_slist>? {
    if nodes.count < starts.count {
      nodes.deallocate()
      nodes = .allocate(capacity: 2 * starts.count)
    }
    guard let node = nodes.baseAddress else { return nil }
    let lines = text.assumingMemoryBound(to: CChar.self)
    for (index, start) in starts.enumerated() {
      let next = index + 1 < starts.count ? node + index + 1 : nil
      nodes[index] = curl_slist(data: lines.baseAddress.map { $0 + start }, next: next)
    }
    return node
  }
}
