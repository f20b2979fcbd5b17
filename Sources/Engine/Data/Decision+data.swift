import Definitions
import Expressions
import OrderedJSON

/// The data operations.
///
/// Source: workflow language reference, section d.1.
extension Decision {
  mutating func perform(
    _ operation: DataOperation,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    switch operation {
    case .compose(let inputs):
      let evaluated = try evaluate(inputs, action, address)
      endMaskingBoth(address, evaluated, outputs: evaluated.value)
    case .parse(let inputs, let schema):
      try parse(try evaluate(inputs, action, address), schema, address)
    case .query(let list): try query(list, action, address)
    case .select(let list): try select(list, action, address)
    case .join(let inputs): try join(inputs, action, address)
    case .table(let from, let format, let columns):
      try table(from, format, columns, action, address)
    case .time(let inputs, let operation): try compute(operation, inputs, action, address)
    }
  }

  /// Ends an action that offers only its inputs to be secured, and then masks both.
  ///
  /// Source: workflow language reference, section f.9, rule 2.
  mutating func endMaskingBoth(
    _ address: ActionAddress,
    _ evaluated: Evaluated,
    _ status: ActionStatus = .succeeded,
    code: String = "OK",
    outputs: JSON?,
    error: ActionFailure? = nil
  ) {
    emitEnd(address, status, code: code) { event in
      event.inputs = evaluated.value
      event.outputs = outputs
      event.error = error?.json
      let isSecret = evaluated.isSecret || event.secrecy.outputs
      event.secrecy.inputs = isSecret
      event.secrecy.outputs = isSecret
    }
  }

  private mutating func endWithBody(_ address: ActionAddress, _ evaluated: Evaluated, _ body: JSON)
  {
    emitEnd(address, .succeeded, code: "OK") { event in
      event.inputs = evaluated.value
      event.outputs = ["body": body]
      event.secrecy.inputs = evaluated.isSecret
      // What is made of something secret stays secret; there is no other place to say so.
      event.secrecy.outputs = event.secrecy.outputs || evaluated.isSecret
    }
  }

  // MARK: ParseJson

  private mutating func parse(
    _ evaluated: Evaluated,
    _ compiled: JSONSchema?,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let content = try parsed(evaluated.value["content"] ?? .null)
    let schema = compiled ?? evaluated.value["schema"].map(JSONSchema.init)
    let violations = schema?.violations(of: content) ?? []
    guard !violations.isEmpty else {
      endMaskingBoth(address, evaluated, outputs: ["body": content])
      return
    }
    endMaskingBoth(
      address,
      evaluated,
      .failed,
      code: "BadRequest",
      outputs: ["body": content],
      error: .schemaMismatch(violations)
    )
  }

  private func parsed(_ content: JSON) throws(ActionFailure) -> JSON {
    guard !content.isNull else { throw .noJSON("it is null") }
    let isEnvelope = content["$content"] != nil && content["$content-type"] != nil
    guard content.stringValue != nil || isEnvelope else { return content }
    guard let text = try? StringConversion.text(of: content) else {
      throw .noJSON("its content cannot be decoded")
    }
    do throws(JSONParseError) {
      return try JSON(parsing: text)
    } catch {
      throw .noJSON(error.message)
    }
  }

  // MARK: Lists

  private mutating func query(
    _ list: ListOperation,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let from = try elements(list.from, action, address)
    var kept: [JSON] = []
    for element in from.elements {
      let holds = try value(list.each, for: element, action, address)
      guard let holds = holds.boolValue else { throw .noBoolean(holds, in: action) }
      if holds { kept.append(element) }
    }
    let inputs: JSON = ["from": .array(from.elements), "where": list.written]
    endWithBody(address, from.evaluated(inputs, list.each, self, address), .array(kept))
  }

  private mutating func select(
    _ list: ListOperation,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let from = try elements(list.from, action, address)
    var made: [JSON] = []
    made.reserveCapacity(from.elements.count)
    for element in from.elements {
      made.append(try value(list.each, for: element, action, address))
    }
    let inputs: JSON = ["from": .array(from.elements), "select": list.written]
    endWithBody(address, from.evaluated(inputs, list.each, self, address), .array(made))
  }

  private mutating func join(
    _ inputs: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let evaluated = try evaluate(inputs, action, address)
    guard let elements = evaluated.value["from"]?.arrayValue else {
      throw .noArray(evaluated.value["from"] ?? .null, in: action)
    }
    guard let delimiter = evaluated.value["joinWith"]?.stringValue else {
      throw .wrongInput("joinWith", "a string", evaluated.value["joinWith"] ?? .null, in: action)
    }
    var texts: [String] = []
    do throws(ExpressionError) {
      for element in elements { texts.append(try StringConversion.text(of: element)) }
    } catch {
      throw .invalidTemplate(error, in: action.name)
    }
    endWithBody(address, evaluated, .string(texts.joined(separator: delimiter)))
  }

  private mutating func table(
    _ from: PlannedValue,
    _ format: PlannedValue,
    _ columns: [TableColumn]?,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let list = try elements(from, action, address)
    let written = try evaluate(format, action, address).value
    guard let format = TableWriter.Format(written) else {
      throw .wrongInput("format", "'CSV' or 'HTML'", written, in: action)
    }
    var writer = TableWriter(format: format)
    var evaluated = list.evaluated(
      ["from": .array(list.elements), "format": written],
      from,
      self,
      address
    )
    if let columns {
      for column in columns {
        writer.headers.append(try text(of: column.header, for: nil, action, address))
        evaluated.isSecret = evaluated.isSecret || readsSecret(column.value, at: address)
      }
      for element in list.elements {
        var row: [String] = []
        for column in columns {
          row.append(try text(of: column.value, for: element, action, address))
        }
        writer.rows.append(row)
      }
    } else {
      try writer.fill(with: list.elements, in: action)
    }
    endWithBody(address, evaluated, .string(writer.text))
  }

  // MARK: Time

  private mutating func compute(
    _ operation: TimeOperation,
    _ inputs: PlannedValue,
    _ action: PlannedAction,
    _ address: ActionAddress
  ) throws(ActionFailure) {
    let evaluated = try evaluate(inputs, action, address)
    do throws(ExpressionError) {
      var scope = scope(for: address)
      scope.elementOverride = evaluated.value
      let body = try operation.call(for: evaluated.value).evaluate(in: scope)
      endWithBody(address, evaluated, body)
    } catch {
      throw .invalidTemplate(error, in: action.name)
    }
  }
}
