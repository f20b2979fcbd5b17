import Foundation

/// The pages of code that this process has in memory.
enum ProgramPages {
  /// Gives back the code that only the start needed; what runs again is in the cache of the system.
  ///
  /// Does nothing where the system does not list the pages.
  static func release() {
    // Its size is said to be 0, so that reading it as a file ends too early.
    guard let file = FileHandle(forReadingAtPath: "/proc/self/maps"),
      let maps = try? file.readToEnd()
    else { return }
    for line in String(decoding: maps, as: UTF8.self).split(separator: "\n") {
      guard let range = codeRange(line) else { continue }
      madvise(UnsafeMutableRawPointer(bitPattern: range.lowerBound), range.count, MADV_DONTNEED)
    }
  }

  /// The addresses of a mapped file's code; `nil` for everything else, which may have changed since
  /// it was mapped.
  ///
  /// Source: proc_pid_maps(5).
  static func codeRange(_ line: some StringProtocol) -> Range<UInt>? {
    let fields = line.split(separator: " ")
    guard fields.count > 5, fields[1] == "r-xp", fields[5].hasPrefix("/") else { return nil }
    let bounds = fields[0].split(separator: "-").compactMap { UInt($0, radix: 16) }
    guard bounds.count == 2, bounds[0] < bounds[1] else { return nil }
    return bounds[0]..<bounds[1]
  }
}
