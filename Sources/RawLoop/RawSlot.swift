import CCurl

/// One run under way with its handle of libcurl.
final class RawSlot {
  let easy = curl_easy_init()
  var run = 0
  var step = 0
  var begin = ContinuousClock.now
  var user = ""
  private(set) var response: [UInt8] = []
  private var headers: UnsafeMutablePointer<curl_slist>?

  init() {
    let context = Unmanaged.passUnretained(self).toOpaque()
    ccurl_set_long(easy, CURLOPT_NOSIGNAL, 1)
    ccurl_set_pointer(easy, CURLOPT_PRIVATE, context)
    ccurl_set_pointer(easy, CURLOPT_WRITEDATA, context)
    ccurl_set_callback(easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let slot = Unmanaged<RawSlot>.fromOpaque(context).takeUnretainedValue()
      slot.response.append(contentsOf: UnsafeRawBufferPointer(start: bytes, count: size * count))
      return size * count
    }
  }

  deinit {
    curl_easy_cleanup(easy)
    curl_slist_free_all(headers)
  }

  func prepare(_ request: RawRequest, _ endpoint: String, _ signature: [String]) {
    curl_slist_free_all(headers)
    headers = nil
    for line in signature { headers = curl_slist_append(headers, line) }
    let fixed = ["Expect:", request.body.isEmpty ? nil : "Content-Type: application/json"]
    for line in fixed.compactMap({ $0 }) { headers = curl_slist_append(headers, line) }
    response.removeAll(keepingCapacity: true)
    ccurl_set_text(easy, CURLOPT_URL, endpoint + request.target)
    ccurl_set_text(easy, CURLOPT_CUSTOMREQUEST, request.method)
    if request.method == "POST" {
      ccurl_set_long(easy, CURLOPT_POST, 1)
      ccurl_set_long(easy, CURLOPT_POSTFIELDSIZE, request.body.count)
      request.body.withUnsafeBytes { bytes in
        let start = UnsafeMutableRawPointer(mutating: bytes.baseAddress)
        _ = ccurl_set_pointer(easy, CURLOPT_COPYPOSTFIELDS, start)
      }
      if request.body.isEmpty { ccurl_set_text(easy, CURLOPT_COPYPOSTFIELDS, "") }
    } else {
      ccurl_set_long(easy, CURLOPT_HTTPGET, 1)
    }
    ccurl_set_pointer(easy, CURLOPT_HTTPHEADER, headers)
  }
}
