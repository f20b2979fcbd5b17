extension RunState: Equatable {
  /// Whether two folds of one plan have come to the same, in everything that they hold.
  package static func == (left: RunState, right: RunState) -> Bool {
    left.version == right.version && left.hasOutcome(of: right) && left.hasProgress(of: right)
      && left.hasOrigin(of: right) && left.secrets == right.secrets
  }

  private func hasOutcome(of other: RunState) -> Bool {
    status == other.status && code == other.code && error == other.error
      && endTime == other.endTime && outputs == other.outputs
      && outputsAreSecret == other.outputsAreSecret && response == other.response
      && isCancelRequested == other.isCancelRequested
  }

  private func hasProgress(of other: RunState) -> Bool {
    order == other.order && outstanding == other.outstanding && ready == other.ready
      && frames == other.frames && subscriptions == other.subscriptions
      && variables == other.variables && instances == other.instances
  }

  private func hasOrigin(of other: RunState) -> Bool {
    started == other.started && carriedFrom == other.carriedFrom && carried == other.carried
  }
}

extension ReadyQueue: Equatable {
  /// Whether the same decisions wait, whatever was taken out before.
  @usableFromInline
  static func == (left: ReadyQueue, right: ReadyQueue) -> Bool {
    left.waiting.elementsEqual(right.waiting)
  }
}
