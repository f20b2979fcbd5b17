package import Definitions
import Expressions
package import OrderedJSON
package import Timekeeping

/// What the definition of a trigger makes of its events, compiled once for a version of its flow.
///
/// Source: workflow language reference, section (e).
package struct TriggerRules: Sendable {
  package let trigger: FlowTrigger
  package let limit: ConcurrencyLimit?
  let plan: Plan
  let conditions: [Condition]
  let splitOn: Template?
  let clientTrackingID: Template?
  let schema: JSONSchema?
  private let inputs: Template

  /// - Throws: `ActionFailure` for an expression that cannot be compiled.
  package init(_ trigger: FlowTrigger, of plan: Plan) throws(ActionFailure) {
    self.trigger = trigger
    self.plan = plan
    limit = ConcurrencyLimit(trigger)
    schema = plan.enforcedSchema(ofTrigger: trigger.name)
    let definition = trigger.definition
    do throws(ExpressionError) {
      var conditions: [Condition] = []
      for condition in definition["conditions"]?.arrayValue ?? [] {
        conditions.append(try Condition(compiling: condition["expression"] ?? condition))
      }
      self.conditions = conditions
      splitOn = try Self.template(definition["splitOn"])
      clientTrackingID = try Self.template(definition["correlation"]?["clientTrackingId"])
      inputs = try Template(compiling: trigger.inputs)
    } catch {
      throw .trigger(trigger.name, error)
    }
  }

  private static func template(_ value: JSON?) throws(ExpressionError) -> Template? {
    guard let value, !value.isNull else { return nil }
    return try Template(compiling: value)
  }

  /// What expressions of a trigger may know.
  package struct Facts: Sendable {
    /// The effective values of the flow's parameters.
    package var parameters: JSONObject
    package var now: Timestamp
    package var seed: UInt64
    package var surroundings: Surroundings
    /// Where the other side of a subscription reports.
    package var callbackURL: String?

    package init(
      parameters: JSONObject,
      now: Timestamp,
      seed: UInt64,
      surroundings: Surroundings,
      callbackURL: String? = nil
    ) {
      self.parameters = parameters
      self.now = now
      self.seed = seed
      self.surroundings = surroundings
      self.callbackURL = callbackURL
    }
  }

  /// The trigger's `inputs` with their expressions evaluated.
  ///
  /// - Throws: `ActionFailure` when one of them fails.
  package func inputs(_ facts: Facts) throws(ActionFailure) -> JSON {
    do throws(ExpressionError) {
      return try inputs.evaluate(in: scope(for: ["name": .string(trigger.name)], facts))
    } catch {
      throw .trigger(trigger.name, error)
    }
  }

  /// One member of the trigger's `inputs` with its expressions evaluated; `nil` when there is none.
  ///
  /// The expressions see `outputs` as what the trigger has received.
  ///
  /// - Throws: `ActionFailure` when one of them fails.
  package func input(_ member: String, outputs: JSON? = nil, _ facts: Facts)
    throws(ActionFailure) -> JSON?
  {
    guard let written = trigger.inputs[member], !written.isNull else { return nil }
    var record: JSONObject = ["name": .string(trigger.name)]
    record["outputs"] = outputs
    do throws(ExpressionError) {
      return try Template(compiling: written).evaluate(in: scope(for: .object(record), facts))
    } catch {
      throw .trigger(trigger.name, error)
    }
  }

  /// Names as a run of this trigger would see them before its first action.
  func scope(for record: JSON, _ facts: Facts) -> RunScope {
    var state = RunState(plan: plan)
    state.started = RunEvent.RunStarted(
      time: facts.now,
      run: "",
      flow: plan.flow,
      trigger: record,
      triggerName: trigger.name,
      triggerType: trigger.type,
      parameters: facts.parameters,
      clientTrackingID: "",
      isSecret: false
    )
    return RunScope(
      state: state,
      loops: [],
      indices: [],
      now: facts.now,
      random: RandomSource(seed: facts.seed),
      surroundings: facts.surroundings,
      callbackURL: facts.callbackURL
    )
  }
}

extension ActionFailure {
  /// An expression of a trigger that cannot be compiled or evaluated.
  static func trigger(_ name: String, _ error: ExpressionError) -> ActionFailure {
    let place = error.pointer.map { " at '\($0)'" } ?? ""
    let hint = error.hint.map { "; \($0)" } ?? ""
    return ActionFailure(
      code: error.code,
      message: "The trigger '\(name)' failed\(place): \(error.message)\(hint)."
    )
  }
}
