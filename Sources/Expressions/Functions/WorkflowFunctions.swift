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
}
