package import HTTPMessages
package import OrderedJSON
package import Seams

/// What stands in for a service, for the calls that it fits.
package struct Mock: Sendable {
  /// Which calls it answers.
  package enum Target: Hashable, Sendable {
    case action(String)
    /// `connector/operationId`, or an operation of any connector.
    case operation(connector: String?, id: String)
    /// `*` in the address stands for any characters.
    case request(method: String?, url: String)
  }

  /// What one call gets.
  package enum Answer: Sendable {
    /// `nil` never answers, so that the request times out.
    case exchange(Result<HTTPResponse, TransportFailure>, after: Duration?)
    /// The action ends with these outputs, and nothing is sent.
    case outputs(statusCode: Int, JSON, after: Duration)
    /// The action fails, and nothing is sent.
    case failure(code: String, message: String, after: Duration)
  }

  /// How a service reports back to a webhook action.
  package struct Callback: Sendable {
    package var payload: JSON
    package var after: Duration
  }

  package var target: Target
  /// `nil` answers calls of every flow.
  package var flow: String?
  /// The iterations of the loops around the action; `nil` means all.
  package var indices: [Int]?
  /// What the inputs of the action must look like.
  package var inputs: JSON?
  package var answers: [Answer]
  /// Whether the last answer serves again and again.
  package var repeats: Bool
  package var callback: Callback?
  /// Where it stands in the test file.
  package var pointer: JSONPointer

  package init(target: Target, answers: [Answer], repeats: Bool, pointer: JSONPointer) {
    self.target = target
    self.answers = answers
    self.repeats = repeats
    self.pointer = pointer
  }
}
