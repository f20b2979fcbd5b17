import CCurl
import HTTPMessages

/// Header fields in the form that libcurl takes, in memory that serves one request after another.
///
/// Source: https://curl.se/libcurl/c/CURLOPT_HTTPHEADER.html
final class HeaderList {
  /// The lines, each with a zero behind it, and where they start.
  private struct Lines {
    var text: [UInt8] = []
    var starts: [Int] = []

    mutating func append(_ name: String, _ separator: String, _ value: String) {
      starts.append(text.count)
      text.append(contentsOf: name.utf8)
      text.append(contentsOf: separator.utf8)
      text.append(contentsOf: value.utf8)
      text.append(0)
    }

    mutating func removeAll() {
      text.removeAll(keepingCapacity: true)
      starts.removeAll(keepingCapacity: true)
    }
  }

  private var written = Lines()
  /// What libcurl reads; it changes and frees none of it.
  private var lines = UnsafeMutableBufferPointer<CChar>(start: nil, count: 0)
  private var nodes = UnsafeMutableBufferPointer<curl_slist>(start: nil, count: 0)

  deinit {
    lines.deallocate()
    nodes.deallocate()
  }

  /// The fields of a request, in order, with nothing added but `Host`; valid until the next call.
  ///
  /// The framing of the body is libcurl's, so `Content-Length` and `Transfer-Encoding` are left
  /// to it.
  func fill(from request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
    written.removeAll()
    Self.write(request, into: &written)
    return linked(written)
  }

  private static func write(_ request: HTTPRequest, into lines: inout Lines) {
    for field in request.headers.fields where !isFraming(field.name) {
      // Without a value a colon removes the field; a semicolon sends it empty.
      let isEmpty = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      lines.append(field.name, isEmpty ? ";" : ": ", isEmpty ? "" : field.value)
    }
    for name in added where request.headers[name] == nil {
      let isHost = name == "Host"
      lines.append(name, isHost ? ": " : ":", isHost ? request.authority : "")
    }
  }

  /// What libcurl would add by itself.
  private static let added = ["Host", "Accept", "Content-Type", "Expect"]

  private static func isFraming(_ name: String) -> Bool {
    name.isSameFieldName(as: "Content-Length") || name.isSameFieldName(as: "Transfer-Encoding")
  }

  private func linked(_ written: Lines) -> UnsafeMutablePointer<curl_slist>? {
    let starts = written.starts
    makeRoom(for: written)
    guard let line = lines.baseAddress, let node = nodes.baseAddress else { return nil }
    UnsafeMutableRawBufferPointer(lines).copyBytes(from: written.text)
    for (index, start) in starts.enumerated() {
      let next = index + 1 < starts.count ? node + index + 1 : nil
      nodes[index] = curl_slist(data: line + start, next: next)
    }
    return starts.isEmpty ? nil : node
  }

  private func makeRoom(for written: Lines) {
    let (text, starts) = (written.text, written.starts)
    if lines.count < text.count {
      lines.deallocate()
      lines = .allocate(capacity: 2 * text.count)
    }
    if nodes.count < starts.count {
      nodes.deallocate()
      nodes = .allocate(capacity: 2 * starts.count)
    }
  }
}
