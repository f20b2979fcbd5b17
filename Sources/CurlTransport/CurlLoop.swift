import CCurl
import Foundation
import HTTPMessages
import Seams
import Synchronization

/// What the thread of libcurl does.
final class CurlLoop: @unchecked Sendable {
  // Unchecked: only the thread that calls `run` touches the mutable properties.
  private let inbox: CurlInbox
  private let settings: CurlSettings
  private let multi: UnsafeMutableRawPointer?
  private var active: [UnsafeMutableRawPointer: CurlHandle] = [:]
  private var spare: [CurlHandle] = []

  /// Idle handles kept for reuse; more than this many at once is rare.
  private static let spareLimit = 256

  /// Idle connections kept open over all origins.
  private static let connectionLimit = 1024

  private static let isLibraryReady = curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

  /// Starts the thread; it ends when the inbox is closed.
  static func start(inbox: CurlInbox, settings: CurlSettings) {
    let loop = CurlLoop(inbox: inbox, settings: settings)
    let thread = Thread { loop.run() }
    thread.name = "weir-curl"
    thread.start()
  }

  private init(inbox: CurlInbox, settings: CurlSettings) {
    self.inbox = inbox
    self.settings = settings
    multi = Self.isLibraryReady ? curl_multi_init() : nil
    ccurl_multi_set_long(multi, CURLMOPT_MAXCONNECTS, Self.connectionLimit)
  }

  private func run() {
    blockBrokenPipes()
    inbox.open(multi)
    while true {
      let arrivals = inbox.take()
      for transfer in arrivals.submitted { start(transfer) }
      for transfer in arrivals.cancelled { abort(transfer) }
      if arrivals.isClosed { break }
      var running: Int32 = 0
      curl_multi_perform(multi, &running)
      finishTransfers()
      // The longest wait; libcurl shortens it for its own timers.
      if inbox.becomeIdle() { curl_multi_poll(multi, nil, 0, 60_000, nil) }
    }
    close()
  }

  private func start(_ transfer: Transfer) {
    guard !transfer.isCancelled.load(ordering: .sequentiallyConsistent) else {
      return transfer.finish(.failure(.requestCancelled))
    }
    guard let multi, let handle = spare.popLast() ?? CurlHandle(settings) else {
      return transfer.finish(.failure(.outOfMemory))
    }
    guard handle.prepare(transfer) else {
      return transfer.finish(.failure(.unacceptable))
    }
    guard curl_multi_add_handle(multi, handle.easy) == CURLM_OK else {
      return transfer.finish(.failure(.outOfMemory))
    }
    active[handle.easy] = handle
  }

  private func abort(_ transfer: Transfer) {
    guard let handle = active.values.first(where: { $0.transfer === transfer }) else { return }
    finish(handle, .failure(.requestCancelled))
  }

  private func finishTransfers() {
    var rest: Int32 = 0
    while let message = curl_multi_info_read(multi, &rest) {
      guard message.pointee.msg == CURLMSG_DONE, let easy = message.pointee.easy_handle,
        let handle = active[easy]
      else { continue }
      finish(handle, handle.result(of: message.pointee.data.result))
    }
  }

  private func finish(_ handle: CurlHandle, _ result: Result<HTTPResponse, TransportFailure>) {
    active[handle.easy] = nil
    curl_multi_remove_handle(multi, handle.easy)
    let transfer = handle.transfer
    handle.clear()
    if spare.count < Self.spareLimit { spare.append(handle) }
    transfer?.finish(result)
  }

  // OpenSSL writes to sockets without asking that a closed one raise no signal, and libcurl leaves
  // that to its user. Blocked on this thread, the signal does nothing.
  private func blockBrokenPipes() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  private func close() {
    for handle in active.values { finish(handle, .failure(.transportClosed)) }
    spare = []
    inbox.finish()
    curl_multi_cleanup(multi)
  }
}
