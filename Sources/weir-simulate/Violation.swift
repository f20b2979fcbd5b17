import OrderedJSON

/// Something that must never be, and was.
struct Violation: Error, Hashable, Sendable {
  /// What was broken, as a report counts it.
  enum Kind: String, Hashable, Sendable, CaseIterable {
    case lost, doubled, reopened, firedTwice, unstarted, overLimit, fold, unended, secret
    case changedKey, sentAgain, replayedTwice, stalled, invalid
    case renewedTwice, wrongAnswer, torn
  }

  var kind: Kind
  var message: String

  init(_ kind: Kind, _ message: String) {
    self.kind = kind
    self.message = message
  }

  var json: JSON { ["kind": .string(kind.rawValue), "message": .string(message)] }
}
