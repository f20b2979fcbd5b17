import Diagnostics
import OrderedJSON

/// How the scope answers, and what is said when it cannot.
///
/// Source: workflow language reference, section c.7.
extension WorkflowFunctions {
  @Sendable static func parameter(_ name: String, _ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let value = evaluation.scope.parameter(named: name) else {
      throw unknown("the workflow has no parameter '\(name)'", "define it under 'parameters'")
    }
    return value
  }

  @Sendable static func variable(_ name: String, _ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let value = evaluation.scope.variable(named: name) else {
      throw unknown(
        "the variable '\(name)' is not initialized",
        "add an InitializeVariable action that runs before"
      )
    }
    return value
  }

  @Sendable static func appSetting(_ name: String, _ evaluation: inout Evaluation)
    -> JSON
  {
    evaluation.scope.appSetting(named: name) ?? .null
  }

  @Sendable static func action(_ name: String, _ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let record = evaluation.scope.action(named: name) else { throw unknownAction(name) }
    return record
  }

  @Sendable static func outputs(_ name: String, _ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let outputs = evaluation.scope.outputs(ofAction: name) else {
      throw unknownAction(name)
    }
    return outputs
  }

  @Sendable static func body(_ name: String, _ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let body = evaluation.scope.body(ofAction: name) else { throw unknownAction(name) }
    return body
  }

  private static func body(of outputs: JSON) -> JSON {
    outputs.objectValue?.value(ignoringCaseOf: "body") ?? .null
  }

  private static func unknownAction(_ name: String) -> ExpressionError {
    unknown(
      "there is no action '\(name)', or it has not run yet",
      "name an action that runs before this one; 'runAfter' orders them"
    )
  }

  @Sendable static func trigger(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let record = evaluation.scope.trigger else {
      throw unavailable("the trigger", "once an event of it was taken in")
    }
    return record
  }

  @Sendable static func triggerOutputs(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    try trigger(&evaluation).objectValue?["outputs"] ?? .null
  }

  @Sendable static func triggerBody(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    body(of: try triggerOutputs(&evaluation))
  }

  @Sendable static func currentAction(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let record = evaluation.scope.currentAction else {
      throw unavailable(
        "action()",
        "in trackedProperties, in the condition of an Until and where a webhook unsubscribes"
      )
    }
    return record
  }

  @Sendable static func item(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let item = evaluation.scope.item else {
      throw unavailable("item()", "in loops and data operations")
    }
    return item
  }

  @Sendable static func items(_ name: String, _ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let item = evaluation.scope.item(ofLoop: name) else {
      throw unknown(
        "the expression is not inside a loop named '\(name)'",
        "name a Foreach that surrounds the action"
      )
    }
    return item
  }

  @Sendable static func iterationIndexes(_ name: String, _ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let index = evaluation.scope.iterationIndex(ofUntil: name) else {
      throw unknown(
        "the expression is not inside an Until named '\(name)'",
        "name an Until that surrounds the action"
      )
    }
    return .integer(Int64(index))
  }

  @Sendable static func result(_ name: String, _ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let result = evaluation.scope.result(ofScope: name) else {
      throw unknown(
        "there is no scope '\(name)', or it has not run yet",
        "name a Scope, Foreach, Until, If or Switch that runs before this action"
      )
    }
    return result
  }

  @Sendable static func workflow(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let workflow = evaluation.scope.workflow else {
      throw unavailable("workflow()", "in a run")
    }
    return workflow
  }

  @Sendable static func callbackURL(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let url = evaluation.scope.callbackURL else {
      throw unavailable("listCallbackUrl()", "where a webhook subscribes")
    }
    return .string(url)
  }

  private static func unknown(_ message: String, _ hint: String) -> ExpressionError {
    ExpressionError(.unknownName, message, hint: hint)
  }

  private static func unavailable(_ function: String, _ places: String) -> ExpressionError {
    ExpressionError(
      .unavailableHere,
      "\(function) has no value here",
      hint: "it has one \(places)"
    )
  }
}
