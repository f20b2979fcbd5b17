import Seams

/// What the first append of a new run carries besides its entries.
struct RunCreation: Sendable {
  var plan: StoredPlan
  var origin: RunOrigin

  func complete(_ append: inout JournalAppend) {
    append.plan = plan
    append.fire = origin.fire
    append.intention = origin.intention
    append.trigger = origin.advancing
    append.releasedMessages = origin.releasedMessages
  }
}
