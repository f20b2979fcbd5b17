/// What may stand in a header field.
///
/// Source: RFC 9110 sections 5.1 and 5.5.
enum FieldText {
  static func isName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.allSatisfy { isNameByte[Int($0)] }
  }

  static func isValue(_ value: String) -> Bool {
    value.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }
  }

  private static let isNameByte: [Bool] = (0..<256).map { byte in
    byte > 0x20 && byte < 0x7F && !"()<>@,;:\\\"/[]?={}".utf8.contains(UInt8(byte))
  }
}
