import Definitions
import Expressions
import OrderedJSON

extension Decision {
  /// Whether a value that this template made holds something secret.
  ///
  /// It does when the template refers to secured data as a whole, or when a text that came from a
  /// secret member of an output is found in the value.
  func isTainted(_ template: Template, _ value: JSON) -> Bool {
    template.references.contains(where: refersToSecret) || holdsSecretText(value)
  }

  private func refersToSecret(_ reference: Reference) -> Bool {
    switch reference {
    case .action(let name): return isSecured(action: name)
    case .variable(let name): return state.variables[name.lowercased()]?.isSecret ?? false
    case .parameter(let name):
      return state.plan.parameters.contains {
        $0.isSecure && $0.name.lowercased() == name.lowercased()
      }
    case .trigger: return state.started?.isSecret ?? false
    // App settings hold credentials more often than not.
    case .appSetting: return true
    case .dynamic: return state.instances.values.contains { $0.secrecy.outputs }
    default: return false
    }
  }

  private func isSecured(action name: String) -> Bool {
    guard let place = state.plan.place(ofAction: name) else { return false }
    let action = state.plan.actions[place]
    if action.secureOutputs { return true }
    if action.loops.isEmpty {
      return state.instances[ActionAddress(action: place)]?.secrecy.outputs ?? false
    }
    return state.instances.contains { $0.key.action == place && $0.value.secrecy.outputs }
  }

  func holdsSecretText(_ value: JSON) -> Bool {
    !state.secretTexts.isEmpty && contains(value)
  }

  private func contains(_ value: JSON) -> Bool {
    switch value {
    case .string(let text): return state.secretTexts.contains { holds(text, $0) }
    case .array(let elements): return elements.contains(where: contains)
    case .object(let object):
      return object.members.contains { contains($0.value) || contains(.string($0.key)) }
    default: return false
    }
  }

  private func holds(_ text: String, _ secret: String) -> Bool {
    text.utf8.count >= secret.utf8.count && text.contains(secret)
  }
}
