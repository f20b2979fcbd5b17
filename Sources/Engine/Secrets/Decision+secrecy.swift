import Definitions
import Expressions
import OrderedJSON

/// Which values of a run are secret because of what they were made from.
///
/// Source: workflow language reference, section f.9.
extension Decision {
  /// Whether a value that this template made for an action holds something secret.
  ///
  /// It does when the template reads something secret, or when a text that came from a secret
  /// member of an output is found in the value.
  func isTainted(_ planned: PlannedValue, _ value: JSON, at address: ActionAddress?) -> Bool {
    readsSecret(planned, at: address) || holdsSecretText(value)
  }

  func readsSecret(_ planned: PlannedValue, at address: ActionAddress?) -> Bool {
    planned.uses.contains { isSecret($0, at: address) }
  }

  private func isSecret(_ use: DataUse, at address: ActionAddress?) -> Bool {
    switch use {
    case .outputs(let action, let path):
      let planned = state.plan.actions[action]
      // The outputs of an action whose inputs are secured may repeat them.
      return planned.secureOutputs || planned.secureInputs
        || state.secrets.hidesOutputs(of: action, at: path)
    case .inputs(let action):
      return state.plan.actions[action].secureInputs || state.secrets.hidesInputs(of: action)
    case .variable(let name): return state.variables[name]?.isSecret ?? false
    case .trigger: return state.started?.isSecret ?? false
    case .elements(let loop): return state.secrets.hidesInputs(of: loop)
    case .innermostElement: return isInnermostElementSecret(at: address)
    case .currentAction: return isCurrentActionSecret(at: address)
    case .credential: return true
    case .anything: return !state.secrets.isEmpty
    }
  }

  private func isInnermostElementSecret(at address: ActionAddress?) -> Bool {
    guard let address else { return false }
    return state.plan.actions[address.action].loops.contains { state.secrets.hidesInputs(of: $0) }
  }

  private func isCurrentActionSecret(at address: ActionAddress?) -> Bool {
    guard let address else { return false }
    let action = state.plan.actions[address.action]
    return action.secureInputs || action.secureOutputs
      || state.instances[address]?.secrecy.isNone == false
  }

  func holdsSecretText(_ value: JSON) -> Bool {
    !state.secrets.texts.isEmpty && contains(value)
  }

  private func contains(_ value: JSON) -> Bool {
    switch value {
    case .string(let text): return state.secrets.texts.areFound(in: text)
    case .array(let elements): return elements.contains(where: contains)
    case .object(let object):
      return object.members.contains { contains($0.value) || contains(.string($0.key)) }
    default: return false
    }
  }
}
