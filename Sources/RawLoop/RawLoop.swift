import CCurl
import Synchronization

/// The same four requests and four durable rows as the sample flow, without an engine: curl multi on
/// one thread, one SQLite writer.
package final class RawLoop: @unchecked Sendable {
  // Unchecked: everything but `durable` belongs to the thread that calls `run`; libcurl allows any
  // thread to wake a multi handle.
  private let endpoint: String
  private var signer: RawSigner
  private let multi = curl_multi_init()
  private let durable = Mutex<[RawStore.Row]>([])
  private var slots: [RawSlot] = []
  private var running: [Int: RawSlot] = [:]
  private var started = 0
  private var count = 0
  private var durations: [Double] = []
  /// How many answers were not of the expected kind.
  package private(set) var failureCount = 0

  /// `endpoint` is of the form `http://host:port`.
  package init(endpoint: String, accessKey: [UInt8]) {
    self.endpoint = endpoint
    signer = RawSigner(
      accessKey: accessKey,
      authority: String(endpoint.dropFirst("http://".count))
    )
    ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, 256)
  }

  deinit {
    slots = []
    curl_multi_cleanup(multi)
  }

  /// Makes `count` runs, so many at a time, and returns their durations in seconds.
  package func run(_ count: Int, concurrency: Int, database: String) -> [Double] {
    self.count = count
    started = 0
    durations = []
    let store = RawStore(path: database) { rows in
      self.durable.withLock { $0 += rows }
      curl_multi_wakeup(self.multi)
    }
    slots = (0..<concurrency).map { _ in RawSlot() }
    for slot in slots { begin(slot) }
    while durations.count < count {
      var busy: Int32 = 0
      curl_multi_perform(multi, &busy)
      finishTransfers(store)
      let rows = durable.withLock { rows in
        defer { rows = [] }
        return rows
      }
      for row in rows { advance(row.run) }
      if rows.isEmpty { curl_multi_poll(multi, nil, 0, 1000, nil) }
    }
    store.close()
    return durations
  }

  private func begin(_ slot: RawSlot) {
    guard started < count else { return }
    started += 1
    slot.run = started
    slot.step = 0
    slot.begin = .now
    running[started] = slot
    send(slot)
  }

  private func advance(_ run: Int) {
    guard let slot = running[run] else { return }
    if slot.step == 0 { slot.user = RawRequest.user(in: slot.response) }
    slot.step += 1
    guard slot.step == RawRequest.count else { return send(slot) }
    durations.append((ContinuousClock.now - slot.begin) / .seconds(1))
    running[run] = nil
    begin(slot)
  }

  private func send(_ slot: RawSlot) {
    let request = RawRequest(step: slot.step, user: slot.user)
    let signature = signer.headers(request.method, request.target, request.body)
    slot.prepare(request, endpoint, signature)
    curl_multi_add_handle(multi, slot.easy)
  }

  private func finishTransfers(_ store: RawStore) {
    var rest: Int32 = 0
    while let message = curl_multi_info_read(multi, &rest) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
        let slot = Self.slot(of: easy)
      else { continue }
      var status = 0
      ccurl_get_long(easy, CURLINFO_RESPONSE_CODE, &status)
      if !(200..<300).contains(status) { failureCount += 1 }
      curl_multi_remove_handle(multi, easy)
      store.append(RawStore.Row(run: slot.run, step: slot.step, data: slot.response))
    }
  }

  private static func slot(of easy: UnsafeMutableRawPointer) -> RawSlot? {
    var context: UnsafeMutableRawPointer?
    ccurl_get_pointer(easy, CURLINFO_PRIVATE, &context)
    return context.map { Unmanaged<RawSlot>.fromOpaque($0).takeUnretainedValue() }
  }
}
