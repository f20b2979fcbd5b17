import CSQLite
import Timekeeping

/// The row under a stepped statement; valid only inside the closure that reads it.
struct Row {
  let statement: OpaquePointer

  /// The value of a column, counted from 0.
  func integer(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

  func flag(_ column: Int32) -> Bool { integer(column) != 0 }

  /// A time stored in ticks of 100 ns since 1970.
  func time(_ column: Int32) -> Timestamp { Timestamp(ticks: integer(column)) }

  func optionalTime(_ column: Int32) -> Timestamp? { isNull(column) ? nil : time(column) }

  /// Empty for NULL.
  func text(_ column: Int32) -> String {
    guard let start = sqlite3_column_text(statement, column) else { return "" }
    return String(decoding: buffer(start, column), as: UTF8.self)
  }

  func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

  /// Empty for NULL.
  func bytes(_ column: Int32) -> [UInt8] {
    guard let start = sqlite3_column_blob(statement, column) else { return [] }
    return Array(buffer(start.assumingMemoryBound(to: UInt8.self), column))
  }

  func optionalBytes(_ column: Int32) -> [UInt8]? { isNull(column) ? nil : bytes(column) }

  private func isNull(_ column: Int32) -> Bool {
    sqlite3_column_type(statement, column) == SQLITE_NULL
  }

  private func buffer(_ start: UnsafePointer<UInt8>, _ column: Int32)
    -> UnsafeBufferPointer<UInt8>
  {
    UnsafeBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
  }
}
