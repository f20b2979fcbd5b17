import OrderedJSON

/// Feeds arbitrary bytes to both readers; what the strict one accepts is written and read again.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzJSON(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  _ = try? JSONDocument(bytes, mode: .lenient)
  guard let value = try? JSON(parsing: bytes) else { return 0 }
  guard let again = try? JSON(parsing: value.bytes) else {
    fatalError("what was written cannot be read: \(value.text)")
  }
  guard again.bytes == value.bytes else { fatalError("writing is not stable: \(value.text)") }
  return 0
}
