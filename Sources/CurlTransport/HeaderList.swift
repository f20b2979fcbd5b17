import CCurl
import HTTPMessages

/// Header fields in the form that libcurl takes.
///
/// Source: https://curl.se/libcurl/c/CURLOPT_HTTPHEADER.html
enum HeaderList {
  /// The fields of a request, in order, with nothing added but `Host`.
  ///
  /// The framing of the body is libcurl's, so `Content-Length` and `Transfer-Encoding` are left
  /// to it.
  static func make(for request: HTTPRequest) -> UnsafeMutablePointer<curl_slist>? {
    var list: UnsafeMutablePointer<curl_slist>?
    var line: [CChar] = []
    for field in request.headers.fields where !isFraming(field.name) {
      // Without a value a colon removes the field; a semicolon sends it empty.
      let isEmpty = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      list = append(field.name, isEmpty ? ";" : ": ", isEmpty ? "" : field.value, &line, to: list)
    }
    for name in added where request.headers[name] == nil {
      let isHost = name == "Host"
      list = append(name, isHost ? ": " : ":", isHost ? request.authority : "", &line, to: list)
    }
    return list
  }

  /// What libcurl would add by itself.
  private static let added = ["Host", "Accept", "Content-Type", "Expect"]

  /// The line is only room, used again and again.
  private static func append(
    _ name: String,
    _ separator: String,
    _ value: String,
    _ line: inout [CChar],
    to list: UnsafeMutablePointer<curl_slist>?
  ) -> UnsafeMutablePointer<curl_slist>? {
    line.removeAll(keepingCapacity: true)
    for part in [name, separator, value] {
      line.append(contentsOf: part.utf8.lazy.map { CChar(bitPattern: $0) })
    }
    line.append(0)
    return curl_slist_append(list, line)
  }

  private static func isFraming(_ name: String) -> Bool {
    name.isSameFieldName(as: "Content-Length") || name.isSameFieldName(as: "Transfer-Encoding")
  }
}
