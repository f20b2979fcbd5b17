import Definitions
import OrderedJSON
import Timekeeping

/// How what is inside an action ends when the action ends first.
extension RunState {
  /// When something was closed, and the codes of what was cut off.
  struct Closing {
    var time: Timestamp
    var skipped: String
    var cancelled: String
  }

  static let branchNotTaken = "ActionBranchingConditionNotSatisfied"

  /// Closes the frames of an ended container, or skips the content of one that never opened.
  mutating func closeContent(of address: ActionAddress, wasStarted: Bool, at time: Timestamp) {
    guard wasStarted else {
      skipContent(of: address, code: Self.branchNotTaken, at: time)
      return
    }
    let closing = Closing(time: time, skipped: "ActionSkipped", cancelled: "ActionCancelled")
    if closeFrames(of: address, closing) { dropStaleWork() }
  }

  /// Whether anything inside was still open.
  @discardableResult
  private mutating func closeFrames(of address: ActionAddress, _ closing: Closing) -> Bool {
    let action = plan.actions[address.action]
    var wasOpen = false
    for block in action.blocks {
      guard action.step.isLoop else {
        wasOpen = close(FrameKey(block: block, indices: address.indices), closing) || wasOpen
        continue
      }
      for index in instances[address]?.loop?.running ?? [] {
        let key = FrameKey(block: block, indices: address.indices + [index])
        wasOpen = close(key, closing) || wasOpen
      }
    }
    return wasOpen
  }

  /// Ends whatever is still open in a frame, in the order of the block.
  @discardableResult
  mutating func close(_ key: FrameKey, _ closing: Closing) -> Bool {
    guard let frame = frames.removeValue(forKey: key), frame.remaining > 0 else { return false }
    for action in plan.blocks[key.block].actions {
      cancel(ActionAddress(action: action, indices: key.indices), closing)
    }
    return true
  }

  private mutating func cancel(_ address: ActionAddress, _ closing: Closing) {
    guard let instance = instances[address] else {
      skip(address, code: closing.skipped, at: closing.time)
      skipContent(of: address, code: closing.skipped, at: closing.time)
      return
    }
    guard !instance.status.isTerminal else { return }
    instances[address]?.status = .cancelled
    instances[address]?.code = closing.cancelled
    instances[address]?.endTime = closing.time
    instances[address]?.due = nil
    dropEffects(of: address)
    closeFrames(of: address, closing)
  }

  /// Forgets decisions about actions that are closed.
  private mutating func dropStaleWork() {
    let (plan, frames, instances) = (plan, frames, instances)
    ready.removeAll { item in
      switch item {
      case .start(let address):
        let block = plan.actions[address.action].block
        return frames[FrameKey(block: block, indices: address.indices)] == nil
      case .finish(let address): return instances[address]?.status.isTerminal ?? true
      case .finishRun: return false
      }
    }
  }

  // MARK: Skipping

  /// Marks everything inside a container; what stands in a loop is marked once, where the loop is.
  mutating func skipContent(of address: ActionAddress, code: String, at time: Timestamp) {
    for block in plan.actions[address.action].blocks {
      skipBlock(block, address.indices, code: code, at: time)
    }
  }

  mutating func skipBlock(_ block: Int, _ indices: [Int], code: String, at time: Timestamp) {
    for action in plan.blocks[block].actions {
      let address = ActionAddress(action: action, indices: indices)
      guard instances[address] == nil else { continue }
      skip(address, code: code, at: time)
      skipContent(of: address, code: code, at: time)
    }
  }

  private mutating func skip(_ address: ActionAddress, code: String, at time: Timestamp) {
    var instance = ActionInstance(status: .skipped, startTime: time)
    instance.code = code
    instance.endTime = time
    store(instance, at: address)
  }
}
