import Engine
import OrderedJSON

/// What must hold of every replay, whatever the flow.
enum ReplayCheck {
  static func differences(_ parent: CaseRun, _ child: CaseRun, _ replay: Replay) -> [String] {
    var found = JournalCheck.differences(child.events, child.plan, live: child.state)
    found += JournalCheck.goesOnFromEveryPrefix(child.events, child.plan)
    for (address, result) in replay.results {
      found += difference(address, result, parent, child)
    }
    for address in replay.repetitions.map(\.address) where replay.results[address] != nil {
      found.append("\(child.plan.spelled(address)) is kept and repeated")
    }
    return found
  }

  private static func difference(
    _ address: ActionAddress,
    _ result: ActionInstance,
    _ parent: CaseRun,
    _ child: CaseRun
  ) -> [String] {
    let spelled = child.plan.spelled(address)
    let isContainer = child.plan.actions[address.action].step.isContainer
    if child.sends.contains(where: { $0.hasPrefix("\(spelled)#") }) {
      return ["\(spelled) was kept and sent"]
    }
    // A run that Terminate ends or that somebody cancels may not come to it.
    guard let instance = child.state.instances[address], !isContainer,
      instance.code != "Terminated", instance.code != "Cancelled"
    else { return [] }
    guard instance.status == result.status, instance.outputs == result.outputs else {
      return ["\(spelled) ended as \(instance.status) and not as \(result.status)"]
    }
    return []
  }
}
