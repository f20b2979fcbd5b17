/// What a valid credential tells.
struct Admission: Sendable {
  let caller: Caller
  /// The resource that the request is for; `nil` for the services that manage resources.
  let resource: SandboxResource?
  /// The deviant way in which the signature was computed; `nil` for the documented one.
  var quirk: SigningQuirk?
}
