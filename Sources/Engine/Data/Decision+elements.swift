import Expressions
import OrderedJSON

/// Lists and what is evaluated for each of their elements.
extension Decision {
  struct ElementList {
    var elements: [JSON]
    var isSecret: Bool

    /// The record of the inputs, secret when the list is or the part made for each element.
    func evaluated(
      _ inputs: JSON,
      _ each: PlannedValue,
      _ decision: borrowing Decision,
      _ address: ActionAddress
    ) -> Evaluated {
      Evaluated(value: inputs, isSecret: isSecret || decision.readsSecret(each, at: address))
    }
  }

  /// The `from` of a data operation.
  func elements(
    _ from: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) -> ElementList {
    let evaluated = try evaluate(from, action, address)
    guard let elements = evaluated.value.arrayValue else {
      throw .noArray(evaluated.value, in: action)
    }
    return ElementList(elements: elements, isSecret: evaluated.isSecret)
  }

  /// A template with `item()` standing for an element.
  func value(
    _ each: PlannedValue,
    for element: JSON,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) -> JSON {
    if let constant = each.template.constant { return constant }
    var scope = scope(for: address)
    scope.elementOverride = element
    do throws(ExpressionError) {
      return try each.template.evaluate(in: scope)
    } catch {
      throw hidden(error, each, action, address)
    }
  }

  /// A cell of a table as text.
  func text(
    of cell: PlannedValue,
    for element: JSON?,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) -> String {
    let value =
      if let element { try value(cell, for: element, action, address) } else {
        try evaluate(cell, action, address).value
      }
    do throws(ExpressionError) {
      return try StringConversion.text(of: value)
    } catch {
      throw .invalidTemplate(error, in: action.name)
    }
  }
}
