package import Definitions
package import OrderedJSON

/// One action of a plan.
///
/// A class, because each attempt passes it on and it has many parts.
package final class PlannedAction: Sendable {
  package let index: Int
  package let name: String
  package let type: String
  package let step: Step
  /// The block that the action stands in, and its position there.
  package let block: Int
  package let position: Int
  package let predecessors: [Predecessor]
  /// Positions in the same block.
  package let successors: [Int]
  /// The blocks that the action contains.
  package let blocks: [Int]
  /// The loops around the action, outermost first, by place in the plan.
  package let loops: [Int]
  package let timeout: Duration?
  package let retryPolicy: RetryPolicy
  package let secureInputs: Bool
  package let secureOutputs: Bool
  package let trackedProperties: PlannedValue?
  package let operationOptions: Set<String>
  package let staticResult: JSON?
  /// How many items the action wants from an answer in pages.
  package let minimumItemCount: Int?
  /// Whether large content is sent and read in pieces.
  package let isChunked: Bool
  /// Where in the flow file the action stands.
  package let pointer: JSONPointer

  /// What the action is tied to; see there.
  struct Links {
    var predecessors: [Predecessor] = []
    var successors: [Int] = []
    var blocks: [Int] = []
  }

  package struct Predecessor: Sendable {
    package var position: Int
    package var statuses: Set<ActionStatus>
  }

  init(
    index: Int,
    name: String,
    type: String,
    step: Step,
    block: Int,
    position: Int,
    links: Links = Links(),
    loops: [Int],
    timeout: Duration? = nil,
    retryPolicy: RetryPolicy,
    secureInputs: Bool,
    secureOutputs: Bool,
    trackedProperties: PlannedValue? = nil,
    operationOptions: Set<String>,
    staticResult: JSON? = nil,
    minimumItemCount: Int? = nil,
    isChunked: Bool = false,
    pointer: JSONPointer
  ) {
    self.index = index
    self.name = name
    self.type = type
    self.step = step
    self.block = block
    self.position = position
    predecessors = links.predecessors
    successors = links.successors
    blocks = links.blocks
    self.loops = loops
    self.timeout = timeout
    self.retryPolicy = retryPolicy
    self.secureInputs = secureInputs
    self.secureOutputs = secureOutputs
    self.trackedProperties = trackedProperties
    self.operationOptions = operationOptions
    self.staticResult = staticResult
    self.minimumItemCount = minimumItemCount
    self.isChunked = isChunked
    self.pointer = pointer
  }

  /// What sends the requests of a trigger, in the form in which those of actions are sent.
  package convenience init(trigger: String, type: String, isSecret: Bool) {
    self.init(
      index: 0,
      name: trigger,
      type: type,
      step: .unsupported,
      block: 0,
      position: 0,
      loops: [],
      retryPolicy: .never,
      secureInputs: isSecret,
      secureOutputs: false,
      operationOptions: [],
      pointer: JSONPointer()
    )
  }
}
