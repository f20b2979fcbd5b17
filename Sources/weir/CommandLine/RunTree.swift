import Definitions
import Engine
import OrderedJSON
import Timekeeping

/// A run in progress as an indented list: each step with its status, duration, attempt and what it
/// waits for.
struct RunTree {
  private let state: RunState
  private let now: Timestamp
  /// Calls that wait at a gate, as `run/action[indices]`.
  private let held: Set<String>
  private let children: [ActionAddress?: [ActionAddress]]

  init(_ state: RunState, now: Timestamp, held: Set<String>) {
    self.state = state
    self.now = now
    self.held = held
    children = Dictionary(grouping: state.order) { Self.parent(of: $0, state.plan) }
  }

  /// One line of the tree.
  struct Line {
    var text: String
    var status: ActionStatus
  }

  /// The lines, at most so many: finished steps go first, then the rest from the top.
  func lines(limit: Int) -> [Line] {
    let all = lines(under: nil, depth: 0)
    guard all.count > limit else { return all }
    let unfinished = all.filter { $0.status != .succeeded && $0.status != .skipped }
    let kept = unfinished.count < limit ? Self.latest(all, limit - 1) : unfinished.suffix(limit - 1)
    let hidden = Line(text: "… and \(all.count - kept.count) more", status: .skipped)
    return [hidden] + kept
  }

  /// All that is unfinished, and as many of the last finished ones as there is room for.
  private static func latest(_ lines: [Line], _ limit: Int) -> [Line] {
    var room = limit - lines.count { $0.status != .succeeded && $0.status != .skipped }
    var kept: [Line] = []
    for line in lines.reversed() {
      let isFinished = line.status == .succeeded || line.status == .skipped
      guard !isFinished || room > 0 else { continue }
      if isFinished { room -= 1 }
      kept.append(line)
    }
    return kept.reversed()
  }

  private func lines(under parent: ActionAddress?, depth: Int) -> [Line] {
    let indent = String(repeating: "  ", count: depth)
    let shown = (children[parent] ?? []).filter(isShown)
    let isLoop = parent.map { state.plan.actions[$0.action].step.isLoop } ?? false
    let limit = isLoop ? Self.iterationLimit : shown.count
    let lines = shown.prefix(limit).flatMap { address -> [Line] in
      guard let step = state.instances[address] else { return [] }
      let line = Line(text: indent + text(address, step), status: step.status)
      return [line] + self.lines(under: address, depth: depth + 1)
    }
    guard shown.count > limit else { return lines }
    return lines + [Line(text: "\(indent)… and \(shown.count - limit) more", status: .skipped)]
  }

  /// How many steps of a loop are shown.
  private static let iterationLimit = 8

  /// Of a loop, only what runs or went wrong; its own line counts the rest.
  private func isShown(_ address: ActionAddress) -> Bool {
    guard !address.indices.isEmpty, let step = state.instances[address] else { return true }
    guard step.status == .succeeded || step.status == .skipped else { return true }
    let loops = state.plan.actions[address.action].loops
    return zip(loops.indices, loops).allSatisfy { depth, loop in
      let owner = ActionAddress(action: loop, indices: Array(address.indices.prefix(depth)))
      return state.instances[owner]?.loop?.running.contains(address.indices[depth]) ?? false
    }
  }

  /// The container around an instance.
  static func parent(of address: ActionAddress, _ plan: Plan) -> ActionAddress? {
    let block = plan.blocks[plan.actions[address.action].block]
    return block.container.map { container in
      let depth = plan.actions[container].loops.count
      return ActionAddress(action: container, indices: Array(address.indices.prefix(depth)))
    }
  }

  // MARK: Texts

  private func text(_ address: ActionAddress, _ step: ActionInstance) -> String {
    let words = [mark(step), state.plan.spelled(address), details(address, step)]
    return words.filter { !$0.isEmpty }.joined(separator: " ")
  }

  private static let frames = Array("⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏")

  private func mark(_ step: ActionInstance) -> String {
    guard step.status == .running else { return RunOutput.mark(step.status.rawValue) }
    if step.due.map({ $0 > now }) ?? false { return "…" }
    let turn = now.ticks / (Timestamp.ticksPerSecond / 10) % Int64(Self.frames.count)
    return String(Self.frames[Int(turn)])
  }

  private func details(_ address: ActionAddress, _ step: ActionInstance) -> String {
    var words: [String] = []
    if step.status.isTerminal, step.status != .succeeded { words.append(step.status.rawValue) }
    if let loop = step.loop, !step.status.isTerminal { words.append(Self.text(loop)) }
    if let end = step.endTime {
      if step.status != .skipped { words.append(RunOutput.text(end - step.startTime)) }
      if step.attempts.count > 1 { words.append("\(step.attempts.count) attempts") }
    } else if let wait = wait(address, step) {
      words.append(wait)
    } else if now - step.startTime >= .milliseconds(500) {
      words.append(RunOutput.text(now - step.startTime))
    }
    return words.joined(separator: ", ")
  }

  private static func text(_ loop: LoopProgress) -> String {
    let ended = loop.started - loop.running.count
    return loop.items.isEmpty
      ? "iteration \(loop.started)" : "\(ended) of \(loop.items.count) done"
  }

  /// What an unfinished step waits for.
  private func wait(_ address: ActionAddress, _ step: ActionInstance) -> String? {
    let last = step.attempts.last
    if let due = step.due, due > now {
      let time = RunOutput.text(due - now)
      guard let last else { return "waits, \(time) left" }
      if step.pollLocation != nil { return "accepted, asks for the result in \(time)" }
      return "attempt \(last.number) failed\(Self.reason(last)), retry in \(time)"
    }
    if held.contains("\(state.started?.run ?? "")/\(state.plan.spelled(address))") {
      return "waits for the rate limit, \(RunOutput.text(now - step.startTime))"
    }
    if state.subscriptions.contains(address) { return "waits to be called back" }
    guard let last else { return nil }
    return "attempt \(last.number + 1), \(RunOutput.text(now - step.startTime))"
  }

  private static func reason(_ attempt: Attempt) -> String {
    if let status = attempt.statusCode { return " (\(status))" }
    return attempt.error?["code"]?.stringValue.map { " (\($0))" } ?? ""
  }
}
