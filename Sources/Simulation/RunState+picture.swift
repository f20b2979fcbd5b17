package import Engine
package import OrderedJSON
import Timekeeping

extension RunState {
  /// Everything visible of a run and everything that it waits for, to compare two states.
  package var picture: JSON {
    let effects = outstanding.map { effect -> JSON in
      [
        "key": .string("\(effect.key)"), "kind": .string("\(effect.kind)"),
        "due": .string(effect.due?.description ?? ""),
      ]
    }
    let variables = variables.sorted { $0.key < $1.key }.map { key, variable -> JSON in
      [.string(key), variable.value, .bool(variable.isSecret), .string(variable.type)]
    }
    return [
      "document": RunView.document(self), "effects": .array(effects),
      "variables": .array(variables), "isReady": .bool(hasReadyWork),
    ]
  }
}
