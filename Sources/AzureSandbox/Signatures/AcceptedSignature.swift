/// A signature that counts.
struct AcceptedSignature: Sendable {
  let key: [UInt8]
  /// The deviant way in which it was computed; `nil` for the documented one.
  var quirk: SigningQuirk?
}
