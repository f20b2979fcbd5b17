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
    var missing = ["Host", "Accept", "Content-Type", "Expect"]
    for field in request.headers.fields {
      missing.removeAll { $0.isSameFieldName(as: field.name) }
      if isFraming(field.name) { continue }
      // Without a value a colon removes the field; a semicolon sends it empty.
      let isEmpty = field.value.utf8.allSatisfy { $0 == 0x20 || $0 == 0x09 }
      list = curl_slist_append(list, isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }
    for name in missing {
      list = curl_slist_append(list, name == "Host" ? "Host: \(request.authority)" : "\(name):")
    }
    return list
  }

  private static func isFraming(_ name: String) -> Bool {
    name.isSameFieldName(as: "Content-Length") || name.isSameFieldName(as: "Transfer-Encoding")
  }
}
