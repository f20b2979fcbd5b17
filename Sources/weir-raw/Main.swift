import Glibc
import RawLoop

/// A process that makes raw runs against a server and ends: what the start of `weir` is held
/// against.
///
/// Arguments: endpoint, access key as hexadecimal digits, path of the database, number of runs, how
/// many at a time.
@main
struct Main {
  static func main() {
    let words = CommandLine.arguments
    guard words.count == 6, let count = Int(words[4]), let concurrency = Int(words[5]) else {
      exit(2)
    }
    let key = stride(from: 0, to: words[2].count, by: 2).compactMap { offset in
      UInt8(words[2].dropFirst(offset).prefix(2), radix: 16)
    }
    let loop = RawLoop(endpoint: words[1], accessKey: key)
    _ = loop.run(count, concurrency: concurrency, database: words[3])
    exit(loop.failureCount == 0 ? 0 : 1)
  }
}
