import Seams
import Timekeeping

extension TriggerBook {
  /// Makes flows ready one after the other, so that a thousand of one instant start without delay.
  func beginPreparing(_ now: Timestamp) {
    guard let soon = ready.look(at: now) else { return }
    let flows = held.due(by: soon, atMost: Self.width).compactMap { key in
      flow(of: key).map { (key: key, flow: $0) }
    }
    guard !flows.isEmpty else { return }
    ready.beginPreparing()
    _ = environment.spawn { await self.prepare(flows) }
  }

  private func prepare(_ flows: [(key: Int32, flow: ServedFlow)]) async {
    for (key, flow) in flows where !isClosing {
      await intake.prepare(flow)
      if let name = held[key]?.trigger { ready.add(key, name, of: flow) }
    }
    ready.endPreparing()
  }

  /// The flow that an entry starts; `nil` when it would not start one now.
  private func flow(of key: Int32) -> ServedFlow? {
    guard let entry = held[key], let flow = catalog.flow(entry.flow), flow.isEnabled,
      flow.hasVersion
    else { return nil }
    return flow
  }
}
