/// An invariant that is broken on purpose, to show that the check sees it.
enum Breakage: String, Sendable, CaseIterable {
  case dropsAppend = "drops-append"
  case repeatsAppend = "repeats-append"
  case changesEntry = "changes-entry"
  case forgetsFires = "forgets-fires"
  case widensGate = "widens-gate"
  case changesKey = "changes-key"
  case sendsAgain = "sends-again"
  case reopensRun = "reopens-run"
  case neverAnswers = "never-answers"
  case logsSecret = "logs-secret"
  case replaysTwice = "replays-twice"
}
