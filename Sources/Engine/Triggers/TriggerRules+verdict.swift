import Definitions
import Expressions
package import OrderedJSON

extension TriggerRules {
  /// Splits, checks and names what the trigger reports.
  ///
  /// Conditions look at each item by itself, as the runs will. The outputs are those before
  /// `splitOn`; `items` are what the service itself lists, for triggers without one; `tracking` is
  /// the tracking id that the caller gave.
  ///
  /// Source: workflow language reference, sections (e), e.3 and e.7.
  package func verdict(
    on outputs: JSON,
    inputs: JSON?,
    items: [JSON]? = nil,
    tracking: String?,
    _ facts: Facts
  ) -> TriggerVerdict {
    do throws(ActionFailure) {
      try checkBody(of: outputs)
      guard let bodies = try bodies(of: outputs, inputs, facts, items) else {
        return .skipped(code: "NoItems")
      }
      var event = AcceptedEvent(
        inputs: inputs,
        outputs: bodies.isEmpty ? outputs : Self.withoutBody(outputs),
        items: bodies.isEmpty ? [AcceptedEvent.Item()] : bodies.map { .init(body: $0) },
        isSplit: !bodies.isEmpty
      )
      try judgeItems(of: &event, tracking, facts)
      return event.runCount == 0 ? .skipped(code: "ConditionNotMet") : .accepted(event)
    } catch {
      return .failed(error)
    }
  }

  /// Each item has a body of its own, and what is kept need not repeat all of them.
  private static func withoutBody(_ outputs: JSON) -> JSON {
    guard var object = outputs.objectValue else { return outputs }
    object["body"] = nil
    return .object(object)
  }

  // MARK: Body

  private func checkBody(of outputs: JSON) throws(ActionFailure) {
    guard let schema else { return }
    let violations = schema.violations(of: outputs["body"] ?? .null)
    guard !violations.isEmpty else { return }
    let shown = violations.prefix(10).map(\.text).joined(separator: " ")
    throw ActionFailure(
      code: "TriggerInputSchemaMismatch",
      message: """
        The input body for trigger '\(trigger.name)' of type '\(trigger.type)' did not match its \
        schema definition. Error details: '\(shown)'.
        """
    )
  }

  // MARK: Items

  /// More than this is an error; with limited runs every item may have to wait.
  private var itemLimit: Int { limit == nil ? 100_000 : 100 }

  /// The items; empty without `splitOn`, `nil` when there is none.
  private func bodies(of outputs: JSON, _ inputs: JSON?, _ facts: Facts, _ items: [JSON]?)
    throws(ActionFailure) -> [JSON]?
  {
    guard let splitOn else { return try items.map(counted) ?? [] }
    let value: JSON
    do throws(ExpressionError) {
      value = try splitOn.evaluate(in: scope(for: record(inputs, outputs), facts))
    } catch {
      throw .trigger(trigger.name, error)
    }
    if value.isNull { return nil }
    guard let items = value.arrayValue else {
      throw splitFailure("gives a value of type '\(value.kindName)' where an array is needed")
    }
    return try counted(items)
  }

  private func counted(_ items: [JSON]) throws(ActionFailure) -> [JSON]? {
    guard items.count <= itemLimit else {
      throw splitFailure("gives \(items.count) items; at most \(itemLimit) are allowed")
    }
    return items.isEmpty ? nil : items
  }

  private func splitFailure(_ why: String) -> ActionFailure {
    ActionFailure(
      code: "InvalidTemplate",
      message: "The 'splitOn' of trigger '\(trigger.name)' \(why)."
    )
  }

  private func judgeItems(of event: inout AcceptedEvent, _ tracking: String?, _ facts: Facts)
    throws(ActionFailure)
  {
    for index in event.items.indices {
      event.items[index].clientTrackingID = tracking
      guard !conditions.isEmpty || clientTrackingID != nil else { continue }
      // Each item draws random numbers of its own.
      var facts = facts
      facts.seed &+= UInt64(index)
      let scope = scope(for: record(event.inputs, event.outputs(of: index)), facts)
      do throws(ExpressionError) {
        for condition in conditions where try !condition.evaluate(in: scope) {
          event.items[index].isSkipped = true
          break
        }
        if let name = try clientTrackingID?.evaluate(in: scope), !name.isNull {
          event.items[index].clientTrackingID = try StringConversion.text(of: name)
        }
      } catch {
        throw .trigger(trigger.name, error)
      }
    }
  }

  private func record(_ inputs: JSON?, _ outputs: JSON) -> JSON {
    var record: JSONObject = ["name": .string(trigger.name)]
    record["inputs"] = inputs
    record["outputs"] = outputs
    return .object(record)
  }
}
