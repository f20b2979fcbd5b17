import Connectors
package import Engine
import HTTPMessages

/// The addresses at which the actions of runs are called back, and answers are asked for.
///
/// Each is signed over its own path, so that nothing needs to be kept of it.
package struct RunAddresses: Sendable {
  let base: String
  let pair: CallbackKeys.Pair
  let digests: Digests

  /// Where the other side of a webhook action reports.
  package func action(_ run: String, _ address: ActionAddress) -> String {
    url(.action(run: run, place: address.action, indices: address.indices))
  }

  /// Where the answer of a run may be asked for.
  func answer(_ run: RunID) -> String { url(.answer(run: run.text)) }

  private func url(_ path: CallbackPath) -> String {
    "\(base)\(path.text)?sig=\(path.signature.text(key: pair.primary, digests))"
  }

  func accepts(_ signature: String?, for path: CallbackPath) -> Bool {
    path.signature.isValid(signature ?? "", keys: pair.both, digests)
  }
}
