import CCurl
import Connectors
import Crypto
import Foundation
import HTTPMessages
import Synchronization
import Timekeeping

/// The same four requests and four durable rows as the sample flow, without an engine: curl multi on
/// one thread, one SQLite writer.
final class RawLoop: @unchecked Sendable {
  // Unchecked: everything but `durable` belongs to the thread that calls `run`.
  private let endpoint: String
  private let signer: AzureCommunicationSigner
  private let multi = curl_multi_init()
  private var slots: [Slot] = []
  private let durable = Mutex<[(run: Int, step: Int)]>([])
  private var started = 0
  private var durations: [Double] = []
  private var runSlots: [Int: Int] = [:]

  private final class Slot {
    let easy = curl_easy_init()
    var run = 0
    var step = 0
    var begin = ContinuousClock.now
    var user = ""
    var headers: UnsafeMutablePointer<curl_slist>?
    var request = HTTPRequest(method: "GET", scheme: "http", authority: "", target: "/")
    var response: [UInt8] = []
  }

  init(endpoint: String, accessKey: [UInt8]) {
    self.endpoint = endpoint
    signer = AzureCommunicationSigner(accessKey: accessKey)
    ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 256)
  }

  deinit { curl_multi_cleanup(multi) }

  /// Makes `count` runs, so many at a time, and returns their durations in seconds.
  func run(_ count: Int, concurrency: Int, database: String) -> [Double] {
    started = 0
    durations = []
    let store = RawStore(path: database) { rows in
      self.durable.withLock { $0 += rows }
      curl_multi_wakeup(self.multi)
    }
    slots = (0..<concurrency).map { _ in Slot() }
    for index in slots.indices { begin(index, count) }
    while durations.count < count {
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      for index in finishedSlots() {
        let slot = slots[index]
        store.append(run: slot.run, step: slot.step, data: slot.response)
      }
      let rows = durable.withLock { rows in
        defer { rows.removeAll(keepingCapacity: true) }
        return rows
      }
      for row in rows { advance(runSlots[row.run] ?? 0, count) }
      if rows.isEmpty { curl_multi_poll(multi, nil, 0, 1000, nil) }
    }
    store.close()
    for slot in slots { curl_easy_cleanup(slot.easy) }
    return durations
  }

  private func begin(_ index: Int, _ count: Int) {
    guard started < count else { return }
    started += 1
    let slot = slots[index]
    slot.run = started
    slot.step = 0
    slot.begin = .now
    runSlots[started] = index
    send(slot, index)
  }

  private func advance(_ index: Int, _ count: Int) {
    let slot = slots[index]
    if slot.step == 0 { slot.user = userID(slot.response) }
    slot.step += 1
    guard slot.step < 4 else {
      durations.append((ContinuousClock.now - slot.begin) / .seconds(1))
      runSlots[slot.run] = nil
      begin(index, count)
      return
    }
    send(slot, index)
  }

  private func userID(_ body: [UInt8]) -> String {
    let text = String(decoding: body, as: UTF8.self)
    guard let start = text.range(of: "\"id\":\"") else { return "" }
    return PercentEncoding.encode(String(text[start.upperBound...].prefix { $0 != "\"" }))
  }

  private func finishedSlots() -> [Int] {
    var finished: [Int] = []
    var rest: Int32 = 0
    while let message = curl_multi_info_read(multi, &rest) {
      guard message.pointee.msg == CURLMSG_DONE,
        let index = slots.firstIndex(where: { $0.easy == message.pointee.easy_handle })
      else { continue }
      curl_multi_remove_handle(multi, slots[index].easy)
      finished.append(index)
    }
    return finished
  }

  // MARK: Requests

  private func send(_ slot: Slot, _ index: Int) {
    let authority = String(endpoint.dropFirst("http://".count))
    let version = "api-version=2023-10-01"
    let (method, path, body) =
      switch slot.step {
      case 0: ("POST", "/identities", "{}")
      case 1:
        (
          "POST", "/identities/\(slot.user)/:issueAccessToken",
          #"{"scopes":["chat","voip"],"expiresInMinutes":60}"#
        )
      case 2: ("POST", "/identities/\(slot.user)/:revokeAccessTokens", "")
      default: ("DELETE", "/identities/\(slot.user)", "")
      }
    let request = HTTPRequest(
      method: method,
      scheme: "http",
      authority: authority,
      target: "\(path)?\(version)",
      headers: body.isEmpty ? [:] : ["Content-Type": "application/json"],
      body: Array(body.utf8)
    )
    slot.request = signer.sign(request, at: now(), with: .openSSL)
    prepare(slot)
    curl_multi_add_handle(multi, slot.easy)
  }

  private func now() -> Timestamp {
    Timestamp(ticks: Int64(Date().timeIntervalSince1970 * 1e7))
  }

  private func prepare(_ slot: Slot) {
    curl_easy_reset(slot.easy)
    curl_slist_free_all(slot.headers)
    slot.headers = nil
    for field in slot.request.headers.fields {
      slot.headers = curl_slist_append(slot.headers, "\(field.name): \(field.value)")
    }
    slot.headers = curl_slist_append(slot.headers, "Expect:")
    slot.response.removeAll(keepingCapacity: true)
    ccurl_set_text(slot.easy, CURLOPT_URL, slot.request.url)
    ccurl_set_long(slot.easy, CURLOPT_NOSIGNAL, 1)
    ccurl_set_text(slot.easy, CURLOPT_CUSTOMREQUEST, slot.request.method)
    if slot.request.method == "POST" {
      ccurl_set_long(slot.easy, CURLOPT_POSTFIELDSIZE, slot.request.body.count)
      _ = slot.request.body.withUnsafeBytes { bytes in
        ccurl_set_text(
          slot.easy,
          CURLOPT_COPYPOSTFIELDS,
          bytes.baseAddress?.assumingMemoryBound(to: CChar.self) ?? "".withCString { $0 }
        )
      }
    }
    ccurl_set_pointer(slot.easy, CURLOPT_HTTPHEADER, slot.headers)
    ccurl_set_pointer(slot.easy, CURLOPT_WRITEDATA, Unmanaged.passUnretained(slot).toOpaque())
    ccurl_set_callback(slot.easy, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
      guard let bytes, let context else { return 0 }
      let slot = Unmanaged<Slot>.fromOpaque(context).takeUnretainedValue()
      let total = size * count
      slot.response.append(
        contentsOf: UnsafeRawBufferPointer(start: bytes, count: total)
      )
      return total
    }
  }
}
