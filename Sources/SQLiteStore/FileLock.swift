import Glibc
import Seams

/// An exclusive lock on a file, held until released or until the process dies.
struct FileLock: ~Copyable {
  private let descriptor: Int32

  /// Waits for the lock.
  init(_ path: String) throws(StoreFailure) {
    descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw DataFolder.failure("open", path, errno) }
    guard flock(descriptor, LOCK_EX) == 0 else {
      let code = errno
      Glibc.close(descriptor)
      throw DataFolder.failure("lock", path, code)
    }
  }

  deinit { Glibc.close(descriptor) }
}
