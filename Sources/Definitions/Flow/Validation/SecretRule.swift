import Diagnostics

/// No password, key or token stands in a flow as plain text.
enum SecretRule {
  static func check(_ source: FlowSource, _ report: inout FlowReport) {
    for secret in source.secrets {
      report.add(
        .secretInClear,
        "\(secret.what) is written in clear",
        secret.pointer,
        hint: "put it into an app setting and write \"@appsetting('NAME')\"",
        severity: .warning
      )
    }
  }
}
