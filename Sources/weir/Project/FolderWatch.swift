import Dispatch
import Foundation

/// Hears from the kernel that something in some folders changed.
///
/// It does not say what: whoever hears of it looks. Where the kernel cannot tell, such as on network
/// disks, looking every minute has to do.
///
/// Source: inotify(7).
final class FolderWatch: @unchecked Sendable {
  // Unchecked: the source is set up once, and its handler runs on its own queue.
  private let descriptor: Int32
  private let source: any DispatchSourceRead

  /// `nil` when the system has no more room for watches.
  init?(onChange: @escaping @Sendable () -> Void) {
    descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
    guard descriptor >= 0 else { return nil }
    source = DispatchSource.makeReadSource(
      fileDescriptor: descriptor,
      queue: DispatchQueue(label: "weir.flows")
    )
    source.setEventHandler { [descriptor] in
      Self.drain(descriptor)
      onChange()
    }
    source.setCancelHandler { [descriptor] in _ = Glibc.close(descriptor) }
    source.activate()
  }

  deinit { source.cancel() }

  /// Watches these folders too; one that is not there is left out until it is named again.
  func watch(_ folders: [String]) {
    // One that is watched already stays as it is; one that was made anew is another one.
    for folder in folders { _ = inotify_add_watch(descriptor, folder, Self.events) }
  }

  private static let events = UInt32(
    IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_CREATE | IN_DELETE | IN_DELETE_SELF
      | IN_MOVE_SELF | IN_ONLYDIR
  )

  private static func drain(_ descriptor: Int32) {
    var buffer = [UInt8](repeating: 0, count: 64 * 1024)
    while read(descriptor, &buffer, buffer.count) > 0 {}
  }
}
