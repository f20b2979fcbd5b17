import Engine
import OrderedJSON

/// A case of `replay.json`: a run, and its replay.
///
/// `replay` says how: `from` (`trigger`, `failed` or the name of an action), `responses`, and `to`,
/// other members of the case in force by then; `trigger` in there counts as edited.
struct ReplayedCase {
  let parent: CaseRun
  let child: CaseRun
  let replay: Replay

  init(_ flowCase: FlowCase) throws {
    var parent = try CaseRun(flowCase)
    try parent.run()
    let order = flowCase.json["replay"] ?? [:]
    var latest = flowCase.json.objectValue ?? JSONObject()
    for member in order["to"]?.objectValue?.members ?? [] { latest[member.key] = member.value }
    latest["responses"] = order["responses"] ?? [:]
    let latestCase = FlowCase(.object(latest))
    let plan = try latestCase.plan()
    let difference = PlanDifference(
      from: flowCase.json,
      to: latestCase.json,
      parameters: Set(order["changedParameters"]?.arrayValue?.compactMap(\.stringValue) ?? []),
      triggerChanged: order["to"]?["trigger"] != nil
    )
    let changed = difference.changed(in: plan)
    replay = Replay(
      of: parent.state,
      on: plan,
      from: try Self.start(order["from"]?.stringValue ?? "failed", plan, flowCase),
      changed: changed
    )
    var child = try CaseRun(latestCase, plan: plan, replay: replay)
    try child.run()
    self.parent = parent
    self.child = child
  }

  private static func start(_ text: String, _ plan: Plan, _ flowCase: FlowCase) throws
    -> Replay.Start
  {
    switch text {
    case "trigger": return .trigger
    case "failed": return .failed
    default:
      guard let place = plan.place(ofAction: text) else {
        throw BadCase(name: flowCase.name, problem: "no action \(text)")
      }
      return .actions([place])
    }
  }

  /// Everything that a case may expect, by name.
  var findings: [(String, JSON)] {
    let carried = child.state.order.filter { child.state.instances[$0]?.isCarried == true }
    let again = replay.repetitions.filter(\.mayHaveActed).map(\.address)
    return [
      ("status", .string(child.state.status.rawValue)),
      ("carried", .array(carried.map { .string(child.plan.spelled($0)) })),
      ("sends", .array(child.sends.map { .string($0) })),
      ("removed", .array(replay.removed.map { .string($0) })),
      ("again", .array(again.map { .string(child.plan.spelled($0)) })),
      ("outputs", child.state.outputs ?? [:]),
    ]
  }
}
