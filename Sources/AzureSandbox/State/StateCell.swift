internal import Foundation
internal import Synchronization

/// A value that requests share, kept by the state file when there is one.
final class StateCell<Value: Codable & Sendable>: Sendable {
  private let name: String
  private let shelf: StateShelf
  private let value: Mutex<Value>

  /// - Parameters:
  ///   - name: Under which it is saved; no two cells share one.
  ///   - initial: The value of a first start.
  ///   - shelf: Hears about changes.
  init(_ name: String, _ initial: @autoclosure () -> Value, on shelf: StateShelf) {
    self.name = name
    self.shelf = shelf
    let bytes = shelf.storage?.load(name)
    let saved = bytes.flatMap { try? JSONDecoder().decode(Value.self, from: Data($0)) }
    if bytes != nil, saved == nil { shelf.reportUnreadable(name) }
    value = Mutex(saved ?? initial())
  }

  /// A copy of the value.
  var current: Value { value.withLock { $0 } }

  func read<Result: Sendable, E>(_ body: (Value) throws(E) -> Result) throws(E) -> Result {
    try value.withLock { value throws(E) in try body(value) }
  }

  func change<Result: Sendable, E>(
    _ body: (inout Value) throws(E) -> Result
  ) throws(E) -> Result {
    // Noted even when the body throws, because it may have changed something before.
    defer { if shelf.storage != nil { shelf.note(name) { [self] in encoded() } } }
    return try value.withLock { value throws(E) in try body(&value) }
  }

  private func encoded() -> [UInt8] {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    // Infinity is the only thing that JSON cannot hold, and no state holds it.
    return (try? encoder.encode(current)).map(Array.init) ?? []
  }
}
