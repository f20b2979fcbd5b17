import Diagnostics
import OrderedJSON

/// What the run knows: parameters, variables, records of triggers and actions.
///
/// Source: workflow language reference, section c.7.
enum WorkflowFunctions {
  static let all: [FunctionDefinition] = [
    FunctionDefinition(
      .workflow,
      "parameters",
      [.text("parameterName")],
      "The value of a parameter of the workflow.",
      "parameters('recipient')",
      gives: nil,
      .named(parameter)
    ),
    FunctionDefinition(
      .workflow,
      "variables",
      [.text("variableName")],
      "The present value of a variable.",
      "variables('count')",
      gives: nil,
      .named(variable)
    ),
    FunctionDefinition(
      .workflow,
      "appsetting",
      [.text("settingName")],
      "The value of an application setting; null when it is not set.",
      "appsetting('ENDPOINT')",
      gives: nil,
      .named(appSetting)
    ),
    FunctionDefinition(
      .workflow,
      "trigger",
      [],
      "The record of the trigger, with its inputs and outputs.",
      "trigger()",
      gives: nil,
      .none(trigger)
    ),
    FunctionDefinition(
      .workflow,
      "triggerOutputs",
      [],
      "The outputs of the trigger.",
      "triggerOutputs()?['headers']",
      gives: nil,
      .none(triggerOutputs)
    ),
    FunctionDefinition(
      .workflow,
      "triggerBody",
      [],
      "The body of the trigger's outputs; null when there is none.",
      "triggerBody()?['id']",
      gives: nil,
      .none(triggerBody)
    ),
    FunctionDefinition(
      .workflow,
      "actions",
      [.text("actionName")],
      "The record of an action, with its status, inputs and outputs.",
      "actions('Get_user')['status']",
      gives: nil,
      .named(action)
    ),
    FunctionDefinition(
      .workflow,
      "outputs",
      [.text("actionName")],
      "The outputs of an action.",
      "outputs('Get_user')?['statusCode']",
      gives: nil,
      .named(outputs)
    ),
    FunctionDefinition(
      .workflow,
      "body",
      [.text("actionName")],
      "The body of an action's outputs; null when there is none.",
      "body('Get_user')?['id']",
      gives: nil,
      .named(body)
    ),
    FunctionDefinition(
      .workflow,
      "actionOutputs",
      [.text("actionName")],
      "The outputs of an action; an older spelling of outputs.",
      "actionOutputs('Get_user')",
      gives: nil,
      .named(outputs)
    ),
    FunctionDefinition(
      .workflow,
      "actionBody",
      [.text("actionName")],
      "The body of an action's outputs; an older spelling of body.",
      "actionBody('Get_user')",
      gives: nil,
      .named(body)
    ),
    FunctionDefinition(
      .workflow,
      "action",
      [],
      "The record of the action that the expression belongs to.",
      "action()['status']",
      gives: nil,
      .none(currentAction)
    ),
    FunctionDefinition(
      .workflow,
      "item",
      [],
      "The present element of the innermost loop or data operation.",
      "item()?['id']",
      gives: nil,
      .none(item)
    ),
    FunctionDefinition(
      .workflow,
      "items",
      [.text("loopName")],
      "The present element of the loop with this name.",
      "items('For_each')",
      gives: nil,
      .named(items)
    ),
    FunctionDefinition(
      .workflow,
      "iterationIndexes",
      [.text("loopName")],
      "The number of the present iteration of an Until, from 0.",
      "iterationIndexes('Until')",
      gives: nil,
      .named(iterationIndexes)
    ),
    FunctionDefinition(
      .workflow,
      "result",
      [.text("scopeName")],
      "The records of the actions directly inside a scope or loop.",
      "result('Scope')",
      gives: nil,
      .named(result)
    ),
    FunctionDefinition(
      .workflow,
      "workflow",
      [],
      "The workflow and its run.",
      "workflow()?['run']?['name']",
      gives: nil,
      .none(workflow)
    ),
    FunctionDefinition(
      .workflow,
      "listCallbackUrl",
      [],
      "The address at which a subscribed service reports back.",
      "listCallbackUrl()",
      gives: nil,
      .none(callbackURL)
    ),
  ]

  @Sendable private static func parameter(_ name: String, _ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let value = evaluation.scope.parameter(named: name) else {
      throw unknown("the workflow has no parameter '\(name)'", "define it under 'parameters'")
    }
    return value
  }

  @Sendable private static func variable(_ name: String, _ evaluation: inout Evaluation)
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

  @Sendable private static func appSetting(_ name: String, _ evaluation: inout Evaluation)
    -> JSON
  {
    evaluation.scope.appSetting(named: name) ?? .null
  }

  @Sendable private static func action(_ name: String, _ evaluation: inout Evaluation)
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

  @Sendable private static func trigger(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let record = evaluation.scope.trigger else {
      throw unavailable("the trigger has no record here")
    }
    return record
  }

  @Sendable private static func triggerOutputs(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    try trigger(&evaluation).objectValue?["outputs"] ?? .null
  }

  @Sendable static func triggerBody(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    body(of: try triggerOutputs(&evaluation))
  }

  @Sendable private static func currentAction(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let record = evaluation.scope.currentAction else {
      throw unavailable("action() has no value here")
    }
    return record
  }

  @Sendable private static func item(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let item = evaluation.scope.item else {
      throw unavailable("item() has no value outside loops and data operations")
    }
    return item
  }

  @Sendable private static func items(_ name: String, _ evaluation: inout Evaluation)
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

  @Sendable private static func iterationIndexes(_ name: String, _ evaluation: inout Evaluation)
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

  @Sendable private static func result(_ name: String, _ evaluation: inout Evaluation)
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

  @Sendable private static func workflow(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let workflow = evaluation.scope.workflow else {
      throw unavailable("workflow() has no value here")
    }
    return workflow
  }

  @Sendable private static func callbackURL(_ evaluation: inout Evaluation)
    throws(ExpressionError) -> JSON
  {
    guard let url = evaluation.scope.callbackURL else {
      throw unavailable("listCallbackUrl() has a value only where a webhook subscribes")
    }
    return .string(url)
  }

  private static func unknown(_ message: String, _ hint: String) -> ExpressionError {
    ExpressionError(.unknownName, message, hint: hint)
  }

  private static func unavailable(_ message: String) -> ExpressionError {
    ExpressionError(.unavailableHere, message)
  }
}
