internal import Timekeeping

/// What the sandbox hands to the services that it is made of.
struct SandboxParts: Sendable {
  let configuration: SandboxConfiguration
  let sources: EntropySources
  /// Keeps the state of services: make a `StateCell` or `ResourceStates` on it.
  let shelf: StateShelf
  let resources: ResourceDirectory
  let captures: CaptureStore
  let tenant: SandboxTenant
}
