import Foundation

/// What of a file is on the disk for sure, and what was written to it since.
struct DiskFile: Sendable {
  private enum Change: Sendable {
    case write(at: Int, [UInt8])
    case truncate(to: Int)
  }

  private var durable: [UInt8]
  private var pending: [Change] = []

  init(_ content: Data?) { durable = Array(content ?? Data()) }

  mutating func write(_ bytes: [UInt8], at place: Int) { pending.append(.write(at: place, bytes)) }

  mutating func truncate(to count: Int) { pending.append(.truncate(to: count)) }

  mutating func synchronize() {
    for change in pending { Self.apply(change, to: &durable) }
    pending = []
  }

  /// What is left after a failed synchronisation: systems take pages that they could not write for
  /// clean, and never write them.
  mutating func failToSynchronize() {
    pending = pending.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element)
  }

  /// The content after a power cut: of what was not synchronised, each change may be there or not,
  /// and the last of it half.
  func left(_ random: inout some RandomNumberGenerator) -> [UInt8] {
    var content = durable
    for change in pending {
      switch (Int.random(in: 0..<4, using: &random), change) {
      case (0, _): continue
      case (1, .write(let place, let bytes)):
        Self.apply(.write(at: place, Array(bytes.prefix(bytes.count / 1024 * 512))), to: &content)
      default: Self.apply(change, to: &content)
      }
    }
    return content
  }

  private static func apply(_ change: Change, to content: inout [UInt8]) {
    switch change {
    case .truncate(let count):
      content = Array(content.prefix(count))
      content += [UInt8](repeating: 0, count: max(0, count - content.count))
    case .write(let place, let bytes):
      let end = place + bytes.count
      content += [UInt8](repeating: 0, count: max(0, end - content.count))
      content.replaceSubrange(place..<end, with: bytes)
    }
  }
}
