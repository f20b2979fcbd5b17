import Diagnostics
import Seams

/// What logs say.
extension RuntimeFailure: CustomStringConvertible {
  package var description: String {
    switch self {
    case .store(let failure):
      [failure.message, failure.advice].compactMap(\.self).joined(separator: "; ")
    case .vault(let failure): failure.message
    case .unknownRun(let run): "there is no run '\(run)'"
    case .ownedElsewhere(let run): "another process drives the run '\(run)'"
    case .interrupted(let run): "the process that drives the run '\(run)' stops"
    case .unreadable(let run, let why): "the run '\(run)' cannot be read: \(why)"
    case .invalid(let problems): problems.map(\.message).joined(separator: "; ")
    }
  }
}
