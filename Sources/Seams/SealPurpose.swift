package import Engine

/// What values in a store are sealed for: they open for nothing else.
package enum SealPurpose {
  package static func journal(of run: RunID) -> String { "journal/\(run)" }

  /// Of the row with this name.
  package static func connection(_ name: String) -> String { "connection/\(name)" }

  package static func token(_ key: String) -> String { "token/\(key)" }

  package static func trigger(_ trigger: String, of flow: String) -> String {
    "trigger/\(flow)/\(trigger)"
  }

  package static func fire(_ identity: String, of trigger: String, flow: String) -> String {
    "fire/\(flow)/\(trigger)/\(identity)"
  }

  /// The order of a bulk of replays; earlier versions sealed a copy for each `run`.
  package static func bulk(_ name: String, of run: RunID?) -> String {
    run.map { fire($0.text, of: name, flow: "@replay") } ?? "bulk/\(name)"
  }

  package static func messages(of trigger: String, flow: String) -> String {
    "message/\(flow)/\(trigger)"
  }

  package static func callbackKeys(of flow: String) -> String { "callback/\(flow)" }
}
