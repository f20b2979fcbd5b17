import Definitions
import Expressions
import OrderedJSON

extension Decision {
  mutating func perform(
    _ operation: DataOperation,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    switch operation {
    case .compose(let inputs):
      let evaluated = try evaluate(inputs, action, address)
      emitEnd(address, .succeeded, code: "OK") { event in
        event.inputs = evaluated.value
        event.outputs = evaluated.value
        // Compose offers only inputs to be secured, and then masks both.
        let isSecret = evaluated.isSecret || event.secrecy.outputs
        event.secrecy.inputs = isSecret
        event.secrecy.outputs = isSecret
      }
    }
  }
}
