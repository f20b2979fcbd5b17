/// Where an expression stands in a flow, and what has a value there.
struct ExpressionPlace {
  enum Moment {
    /// Before there is a run.
    case trigger
    case run
    /// Once all actions have ended.
    case end
  }

  /// The action, trigger or output, for messages.
  var owner: String
  var moment = Moment.run
  /// The loops around it, the innermost last.
  var loops: [FlowAction] = []
  /// Whether `item()` has a value.
  var hasItem = false
  /// Whether `action()` has a value.
  var hasRecord = false
  /// Whether `listCallbackUrl()` has a value.
  var hasCallback = false
  /// Which actions have ended; `nil` where that is not known before.
  var ended: EndedActions?

  var withItem: ExpressionPlace {
    var copy = self
    copy.hasItem = true
    return copy
  }

  var withRecord: ExpressionPlace {
    var copy = self
    copy.hasRecord = true
    return copy
  }

  var withCallback: ExpressionPlace {
    var copy = self
    copy.hasCallback = true
    return copy
  }
}
