import OrderedJSON

/// A value of a flow whose texts may be expressions.
struct ExpressionSite {
  var value: JSON
  var pointer: JSONPointer
  var place: ExpressionPlace
}

/// All such values of a flow, each with what has a value there.
///
/// Source: workflow language reference, sections c.7, (d) and (e).
struct ExpressionSites {
  private(set) var all: [ExpressionSite] = []

  init(_ flow: Flow) {
    for trigger in flow.triggers { add(trigger) }
    add(flow.actions, loops: [], ended: EndedActions(flow))
    for output in flow.outputs {
      add(output.value, output.pointer, ExpressionPlace(owner: output.name, moment: .end))
    }
  }

  private mutating func add(_ value: JSON, _ pointer: JSONPointer, _ place: ExpressionPlace) {
    all.append(ExpressionSite(value: value, pointer: pointer, place: place))
  }

  private mutating func add(_ trigger: FlowTrigger) {
    var place = ExpressionPlace(owner: trigger.name, moment: .trigger)
    for member in ["conditions", "splitOn", "correlation"] {
      guard let value = trigger.definition[member] else { continue }
      add(value, trigger.pointer.appending(member), place)
    }
    guard let inputs = trigger.definition["inputs"] else { return }
    place.hasRecord = true
    place.hasCallback = trigger.type.hasSuffix("Webhook") || trigger.type.hasSuffix("Notification")
    add(inputs, trigger.pointer.appending("inputs"), place)
  }

  // MARK: Actions

  private mutating func add(_ actions: [FlowAction], loops: [FlowAction], ended: EndedActions) {
    for action in actions {
      let before = ended.before(action)
      var place = ExpressionPlace(owner: action.name, loops: loops)
      place.hasItem = loops.contains { if case .forEach = $0.kind { true } else { false } }
      if let tracked = action.trackedProperties {
        add(tracked, action.pointer.appending("trackedProperties"), place.withRecord)
      }
      place.ended = before
      addParts(of: action, place)
      let inner = action.kind.isLoop ? loops + [action] : loops
      for block in action.kind.blocks { add(block.actions, loops: inner, ended: before) }
    }
  }

  private mutating func addParts(of action: FlowAction, _ place: ExpressionPlace) {
    let expression = action.pointer.appending("expression")
    switch action.kind {
    case .condition(let value, _, _), .switching(let value, _, _): add(value, expression, place)
    case .forEach(let value, _, _): add(value, action.pointer.appending("foreach"), place)
    case .until(let until):
      var place = place.withRecord
      place.loops.append(action)
      place.ended = nil
      add(until.expression, expression, place)
    case .scope: break
    default: addInputs(of: action, place)
    }
  }

  private mutating func addInputs(of action: FlowAction, _ place: ExpressionPlace) {
    let pointer = action.pointer.appending("inputs")
    guard let object = action.inputs.objectValue else {
      add(action.inputs, pointer, self.place(ofWhole: action, place))
      return
    }
    for member in object.members {
      add(member.value, pointer.appending(member.key), self.place(of: member.key, action, place))
    }
    // Names may be expressions too.
    let names = object.keys.filter { $0.hasPrefix("@") }
    for name in names { add(.object([name: .null]), pointer, place.withItem) }
  }

  /// One expression that gives all inputs.
  private func place(ofWhole action: FlowAction, _ place: ExpressionPlace) -> ExpressionPlace {
    switch action.kind {
    case .query, .select, .table: place.withItem
    case .httpWebhook, .connector(isWebhook: true): place.withCallback
    default: place
    }
  }

  private func place(
    of member: String,
    _ action: FlowAction,
    _ place: ExpressionPlace
  ) -> ExpressionPlace {
    switch (action.kind, member) {
    case (.query, "where"), (.select, "select"), (.table, "columns"): place.withItem
    case (.httpWebhook, "subscribe"), (.connector(isWebhook: true), _): place.withCallback
    case (.httpWebhook, "unsubscribe"): place.withRecord
    default: place
    }
  }
}
