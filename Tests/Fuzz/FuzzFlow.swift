import Definitions

/// Decodes arbitrary bytes as a flow file and validates what comes out.
@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzFlow(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let read = FlowReader.read(name: "fuzz", file: "fuzz.json", bytes: bytes)
  if let flow = read.flow { _ = FlowValidator.problems(of: flow) }
  return 0
}
