extension DiagnosticCode {
  package static let sandbox: [DiagnosticCode] = [
    exposedSandbox, unusableSandboxAuthority, unusableSandboxState,
  ]

  package static let exposedSandbox = DiagnosticCode(
    "Z0001",
    "The sandbox serves this machine only",
    """
    The sandbox stands in for Azure while you develop. Its keys are printed and its faults are open \
    to everybody who can reach it, so it listens on a loopback address and nowhere else. Use \
    127.0.0.1, [::1] or localhost.
    """
  )

  package static let unusableSandboxAuthority = DiagnosticCode(
    "Z0002",
    "The sandbox's certificate authority cannot be used",
    """
    With --tls the sandbox shows a certificate of an authority that it makes at first use and keeps \
    in the folder 'sandbox-tls' of the data folder. The files there cannot be written, read or do \
    not belong together. Check the permissions of the folder, or delete it: the next start makes a \
    new authority, whose certificate clients have to be told about again.
    """
  )

  package static let unusableSandboxState = DiagnosticCode(
    "Z0003",
    "The sandbox's state file cannot be used",
    """
    With --state FILE the sandbox keeps its resources, users, messages and keys from one start to \
    the next. The file cannot be opened, is no state file of a sandbox of this version, or another \
    sandbox has it open: one file serves one sandbox at a time. Name another file, or delete it to \
    begin anew.
    """
  )
}
