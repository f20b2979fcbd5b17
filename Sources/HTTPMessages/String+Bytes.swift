extension String {
  /// The parts in one piece, for which room is made once; an interpolation makes it again and again.
  package init(joining parts: String...) {
    var count = 0
    for part in parts { count += part.utf8.count }
    self.init(unsafeUninitializedCapacity: count) { room in
      var rest = UnsafeMutableRawBufferPointer(room)
      for var part in parts {
        part.withUTF8 { bytes in
          rest.copyMemory(from: UnsafeRawBufferPointer(bytes))
          rest = UnsafeMutableRawBufferPointer(rebasing: rest[bytes.count...])
        }
      }
      return count
    }
  }

  /// Whether a byte of the text in UTF-8 is like this.
  ///
  /// Looks at the bytes as they lie in memory, for what is done to every request.
  @inlinable
  package func hasByte(where isFound: (UInt8) -> Bool) -> Bool {
    var text = self
    return text.withUTF8 { bytes in
      // Without an early end several bytes are looked at at a time.
      var found: UInt8 = 0
      for byte in bytes { found |= isFound(byte) ? 1 : 0 }
      return found != 0
    }
  }
}
