extension DiagnosticCode {
  package static let sandbox: [DiagnosticCode] = [exposedSandbox]

  package static let exposedSandbox = DiagnosticCode(
    "Z0001",
    "The sandbox serves this machine only",
    """
    The sandbox stands in for Azure while you develop. Its keys are printed and its faults are \
    open to everybody who can reach it, so it listens on a loopback address and nowhere else.
    """,
    remedy: """
      Use 127.0.0.1, [::1] or localhost.
      """,
    example: .shown(
      #"""
      $ weir sandbox start --listen 0.0.0.0:7080
      """#
    )
  )
}
