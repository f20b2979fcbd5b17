import AzureSandbox
import CommandLineArguments
import Crypto
import Diagnostics
import HTTPServer
import OrderedJSON
import Seams

extension Command {
  static let sandboxStart = Command(
    spec: CommandSpec(
      "sandbox",
      "start",
      summary: "Serve a local stand-in for Azure Communication Services until interrupted",
      options: [
        OptionSpec("listen", "HOST:PORT", "Where to listen (default: 127.0.0.1:7080)"),
        OptionSpec("seed", "N", "Make keys and ids repeat from one start to the next"),
        OptionSpec("tls", nil, "Serve TLS with a certificate of an authority in the data folder"),
        OptionSpec("state", "FILE", "Keep resources, users and messages in this file"),
        OptionSpec(
          "step",
          "SECONDS",
          "How long each of the two steps of a long-running operation takes (default: 0.5)"
        ),
        OptionSpec("senders", nil, "Have a domain and a number to send mail and SMS from"),
        OptionSpec("no-limits", nil, "Lift the service's own rate limits"),
        OptionSpec(
          "missing-role",
          "STATUS",
          "What a bearer token without a role is answered: 401 (default) or 403"
        ),
        OptionSpec(
          "remember",
          "N",
          "How many requests GET /_sandbox/requests knows (default: 500)"
        ),
      ],
      discussion: """
        Prints the settings that clients need as NAME=value lines, then serves. Refused signatures \
        are explained on the error stream: the sandbox shows the string that it expected to be \
        signed. A browser shows resources, captured messages and requests at /_sandbox. With --tls, \
        clients trust the sandbox once they read the file that SSL_CERT_FILE names.
        """
    )
  ) { context in
    let address: ListenAddress
    let seed = try context.arguments.integer("seed", in: 0...Int.max)
    let remembered = try context.arguments.integer("remember", in: 0...10_000_000)
    let step = try step(context)
    let missingRole = try missingRole(context)
    do throws(Diagnostic) {
      address = try ListenAddress(context.arguments.value("listen") ?? "127.0.0.1:7080")
      let project = Project(context)
      let authority =
        context.arguments.has("tls") ? try SandboxAuthority(folder: project.data) : nil
      let storage = try context.arguments.value("state").map { file throws(Diagnostic) in
        try SandboxStateFile(path: project.absolute(file))
      }
      let sandbox = AzureSandbox.local(
        seed: seed.map(UInt64.init),
        hasLimits: !context.arguments.has("no-limits"),
        hasSenders: context.arguments.has("senders"),
        step: step,
        missingRole: missingRole,
        storage: storage,
        rememberedRequests: remembered,
        log: LogOutput.log(context)
      )
      let signals = StopSignals()
      let running = try sandbox.start(on: address, certificate: authority?.certificate)
      announce(running, authority, context)
      await signals.first()
      await running.stop()
      return .success
    } catch {
      throw CommandFailure([error], error.code == .malformedListenAddress ? .usage : .unreachable)
    }
  }

  private static func step(_ context: Context) throws(CommandFailure) -> Duration? {
    guard let text = context.arguments.value("step") else { return nil }
    guard let seconds = Double(text), (0...86_400).contains(seconds) else {
      throw CommandFailure(
        .usage,
        "--step '\(text)' is no number of seconds from 0 to 86400",
        hint: "0 ends operations before the first poll",
        exitCode: .usage
      )
    }
    return .seconds(seconds)
  }

  private static func missingRole(_ context: Context) throws(CommandFailure) -> Int? {
    guard let text = context.arguments.value("missing-role") else { return nil }
    guard let status = Int(text), [401, 403].contains(status) else {
      throw CommandFailure(
        .usage,
        "--missing-role '\(text)' is neither 401 nor 403",
        hint: "401 is what the service was seen to answer, 403 what one would expect",
        exitCode: .usage
      )
    }
    return status
  }

  private static func announce(
    _ running: RunningSandbox,
    _ authority: SandboxAuthority?,
    _ context: Context
  ) {
    let trust = authority.map { [(name: "SSL_CERT_FILE", value: $0.certificateFile)] } ?? []
    let settings = running.settings + trust
    if context.wantsJSON {
      let members = settings.map { ($0.name, JSON.string($0.value)) }
      context.console.writeResult(JSON.object(JSONObject(members)).text + "\n")
    } else {
      for setting in settings { context.print("\(setting.name)=\(setting.value)") }
    }
    context.note(
      "sandbox listens on \(running.endpoint), a browser sees into it at "
        + "\(running.endpoint)/_sandbox; Ctrl-C ends it"
    )
  }
}

extension AzureSandbox {
  /// A sandbox on this machine's clock and randomness.
  static func local(
    seed: UInt64?,
    hasLimits: Bool = true,
    hasSenders: Bool = false,
    step: Duration? = nil,
    missingRole: Int? = nil,
    storage: (any StateStorage)? = nil,
    rememberedRequests: Int? = nil,
    log: Log = .silent
  ) -> AzureSandbox {
    var configuration = SandboxConfiguration()
    configuration.seed = seed
    configuration.hasSenders = hasSenders
    if let step { configuration.operationStep = step }
    if let missingRole { configuration.missingRoleStatus = missingRole }
    // Counts as raised by the vendor: a refusal that lasts a week helps nobody here.
    configuration.phoneNumberLimits = nil
    if !hasLimits {
      configuration.identityLimits = nil
      configuration.chatLimits = nil
      configuration.mailLimits = nil
      configuration.smsLimits = nil
    }
    if let rememberedRequests { configuration.rememberedRequests = rememberedRequests }
    return AzureSandbox(
      configuration: configuration,
      clock: SystemClock(),
      entropy: SystemEntropy(),
      storage: storage,
      log: log
    )
  }
}
