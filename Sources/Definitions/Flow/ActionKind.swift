package import OrderedJSON

/// What an action does, with the parts that only its type has.
///
/// Source: workflow language reference, section (d).
package enum ActionKind: Sendable {
  case compose
  case parseJSON
  case query
  case select
  case join
  case table
  /// One of the kinds `AddToTime`, `ConvertTimeZone`, `CurrentTime`, `GetFutureTime`,
  /// `GetPastTime`, `SubtractFromTime`.
  case expression(String)
  case initializeVariable
  case setVariable
  case incrementVariable
  case decrementVariable
  case appendToStringVariable
  case appendToArrayVariable
  case scope(Block)
  case condition(expression: JSON, then: Block, otherwise: Block)
  case switching(expression: JSON, cases: [Case], otherwise: Block)
  case forEach(items: JSON, degree: Int, body: Block)
  case until(Until)
  case terminate
  case wait
  case http
  case httpWebhook
  case response
  case workflow
  /// Adds a message to a batch that a trigger of a flow gathers.
  case sendToBatch
  /// Any action of a connector: OpenApiConnection, ApiConnection and their webhook forms.
  case connector(isWebhook: Bool)
  /// Loads and shows, but cannot run here.
  case unsupported

  /// The actions of one `actions` object.
  package struct Block: Sendable {
    package var actions: [FlowAction]
    package var pointer: JSONPointer

    package init(actions: [FlowAction], pointer: JSONPointer) {
      self.actions = actions
      self.pointer = pointer
    }
  }

  package struct Case: Sendable {
    package var name: String
    package var value: JSON
    package var block: Block
  }

  package struct Until: Sendable {
    package var expression: JSON
    /// 1 to 5000.
    package var count: Int
    package var timeout: Duration
    package var body: Block
  }

  /// The `actions` objects inside the action, in the order written.
  package var blocks: [Block] {
    switch self {
    case .scope(let block), .forEach(_, _, let block): [block]
    case .condition(_, let then, let otherwise): [then, otherwise]
    case .switching(_, let cases, let otherwise): cases.map(\.block) + [otherwise]
    case .until(let until): [until.body]
    default: []
    }
  }

  package var isLoop: Bool {
    switch self {
    case .forEach, .until: true
    default: false
    }
  }
}
