import Diagnostics
import Seams

/// Why a call has no answer.
enum CallFailure: Error, Sendable {
  /// It could not be made, or must not go on.
  case refused(Diagnostic)
  case transport(TransportFailure)
}
