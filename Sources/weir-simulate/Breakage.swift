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
  case pollsAgain = "polls-again"
  case dropsReport = "drops-report"
  case keepsMessages = "keeps-messages"
  case renewsTwice = "renews-twice"
  case changesAnswer = "changes-answer"
  case tearsPages = "tears-pages"

  /// What a scenario must have for it to show.
  var feature: Feature? {
    switch self {
    case .pollsAgain: .polling
    case .dropsReport: .webhook
    case .keepsMessages: .batch
    case .renewsTwice: .token
    case .changesAnswer: .answer
    case .tearsPages: .transfer
    case .dropsAppend, .repeatsAppend, .changesEntry, .forgetsFires, .widensGate, .changesKey,
      .sendsAgain, .reopensRun, .neverAnswers, .logsSecret, .replaysTwice:
      nil
    }
  }
}
