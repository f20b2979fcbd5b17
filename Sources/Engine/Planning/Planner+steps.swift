import Definitions
import Expressions
import OrderedJSON

/// What each type of action becomes.
extension Planner {
  mutating func step(_ action: FlowAction) -> Step {
    let place = action.pointer.appending("inputs")
    switch action.kind {
    case .compose, .parseJSON, .query, .select, .join, .table, .expression:
      return data(action, place).map(Step.data) ?? .unsupported
    case .initializeVariable: return variable(.initialize, action)
    case .setVariable: return variable(.set, action)
    case .incrementVariable: return variable(.increment, action)
    case .decrementVariable: return variable(.decrement, action)
    case .appendToStringVariable: return variable(.appendToString, action)
    case .appendToArrayVariable: return variable(.appendToArray, action)
    case .scope, .condition, .switching, .forEach, .until: return container(action)
    case .terminate: return .terminate(value(action.inputs, at: place))
    case .wait: return .wait(value(action.inputs, at: place))
    case .http, .sendToBatch, .connector(isWebhook: false):
      return .request(value(Self.withoutRetryPolicy(action.inputs), at: place))
    case .response: return .respond(value(action.inputs, at: place))
    case .httpWebhook: return .webhook(httpWebhook(action, place))
    case .connector(isWebhook: true):
      let inputs = value(Self.withoutRetryPolicy(action.inputs), at: place)
      return .webhook(Webhook(subscription: inputs, undoing: .location))
    case .workflow: return .call(value(Self.withoutRetryPolicy(action.inputs), at: place))
    case .unsupported: return isMocked ? .request(value(action.inputs, at: place)) : .unsupported
    }
  }

  private mutating func variable(_ operation: VariableOperation, _ action: FlowAction) -> Step {
    .variable(operation, value(action.inputs, at: action.pointer.appending("inputs")))
  }

  private mutating func container(_ action: FlowAction) -> Step {
    switch action.kind {
    case .condition(let expression, _, _):
      return .condition(condition(expression, at: action.pointer.appending("expression")))
    case .switching(let expression, let cases, _):
      let subject = value(expression, at: action.pointer.appending("expression"))
      return .switching(subject, cases: cases.map(\.value))
    case .forEach(let items, let degree, _):
      let list = value(items, at: action.pointer.appending("foreach"))
      return .forEach(items: list, degree: degree)
    case .until(let until):
      return .until(
        condition: condition(until.expression, at: action.pointer.appending("expression")),
        count: until.count,
        timeout: until.timeout
      )
    default: return .scope
    }
  }

  private mutating func httpWebhook(_ action: FlowAction, _ place: JSONPointer) -> Webhook {
    let subscribe = Self.withoutRetryPolicy(action.inputs["subscribe"] ?? .null)
    let unsubscribe = action.inputs["unsubscribe"].map(Self.withoutRetryPolicy)
    let hasAddress = unsubscribe?["uri"] != nil
    return Webhook(
      subscription: value(["subscribe": subscribe], at: place),
      undoing: hasAddress
        ? .request(value(unsubscribe, at: place.appending("unsubscribe"))) : .none
    )
  }

  /// The policy is the engine's; the request does not need it.
  private static func withoutRetryPolicy(_ inputs: JSON) -> JSON {
    guard case .object(var object) = inputs else { return inputs }
    object["retryPolicy"] = nil
    return .object(object)
  }

  // MARK: Data

  private mutating func data(_ action: FlowAction, _ place: JSONPointer) -> DataOperation? {
    let inputs = action.inputs
    switch action.kind {
    case .compose: return .compose(value(inputs, at: place))
    case .parseJSON:
      let inputs = value(inputs, at: place)
      return .parse(inputs, schema(action))
    case .query: return .query(list("where", inputs, place))
    case .select: return .select(list("select", inputs, place))
    case .join: return .join(value(inputs, at: place))
    case .table: return table(inputs, place)
    case .expression(let kind):
      guard let operation = TimeOperation(kind: kind) else { return nil }
      return .time(value(inputs, at: place), operation)
    default: return nil
    }
  }

  private func schema(_ action: FlowAction) -> JSONSchema? {
    guard let written = action.inputs["schema"], let template = try? Template(compiling: written),
      let schema = template.constant, !schema.isNull
    else { return nil }
    return JSONSchema(schema)
  }

  private mutating func list(_ each: String, _ inputs: JSON, _ place: JSONPointer) -> ListOperation
  {
    ListOperation(
      from: value(inputs["from"], at: place.appending("from")),
      each: value(inputs[each], at: place.appending(each)),
      written: inputs[each] ?? .null
    )
  }

  private mutating func table(_ inputs: JSON, _ place: JSONPointer) -> DataOperation {
    let columns = inputs["columns"]?.arrayValue?.enumerated().map { index, column in
      let columnPlace = place.appending("columns").appending(index)
      return TableColumn(
        header: value(column["header"], at: columnPlace.appending("header")),
        value: value(column["value"], at: columnPlace.appending("value"))
      )
    }
    return .table(
      from: value(inputs["from"], at: place.appending("from")),
      format: value(inputs["format"], at: place.appending("format")),
      columns: columns
    )
  }
}
