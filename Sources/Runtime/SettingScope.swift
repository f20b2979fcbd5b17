import Expressions
package import OrderedJSON
package import Timekeeping

/// What `connections.json` and `parameters.json` may use: app settings and nothing else.
///
/// Source: workflow language reference, section a.2.
package struct SettingScope: Scope {
  private let setting: @Sendable (String) -> String?

  package init(setting: @escaping @Sendable (String) -> String?) { self.setting = setting }

  package func appSetting(named name: String) -> JSON? { setting(name).map { .string($0) } }

  /// Time means nothing to settings.
  package var now: Timestamp { Timestamp(ticks: 0) }

  package func randomNumber() -> UInt64 { 0 }
}
