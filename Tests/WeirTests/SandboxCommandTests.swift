import Testing

/// `weir sandbox start` as other clients see it.
@Suite struct SandboxCommandTests {
  @Test func `the settings are printed once it listens and it ends when asked`() async throws {
    let place = try Workplace()
    let process = try place.start(["sandbox", "start", "--listen", "127.0.0.1:0"])
    try await eventually { process.errors.contains("Ctrl-C ends it") }
    let lines = process.output.split(separator: "\n")
    let pattern =
      #/AZURE_COMMUNICATION_CONNECTION_STRING=endpoint=http://127\.0\.0\.1:\d+/;accesskey=.+/#
    #expect(try lines.contains { try pattern.wholeMatch(in: $0) != nil })
    #expect(lines.allSatisfy { $0.contains("=") })
    process.interrupt()
    let outcome = try await process.end()
    #expect(outcome.exitCode == 0)
    expectNoCrash(outcome)
  }

  @Test func `a seed makes the key repeat and a used port is named`() async throws {
    let place = try Workplace()
    let first = try await SandboxServer(in: place, options: ["--seed", "7"])
    let second = try await SandboxServer(in: place, options: ["--seed", "7"])
    #expect(first.accessKey == second.accessKey)
    let taken = try await place.weir("sandbox", "start", "--listen", first.authority)
    #expect(taken.exitCode == 5)
    #expect(taken.errors.contains("another program listens on '\(first.authority)' already"))
    for sandbox in [first, second] { expectNoCrash(try await sandbox.stop()) }
  }

  @Test func `a refused signature shows the string that was expected`() async throws {
    let place = try Workplace()
    let sandbox = try await SandboxServer(in: place)
    let setting = "endpoint=http://\(sandbox.authority)/;accesskey=d3Jvbmctd3Jvbmctd3Jvbmc="
    let outcome = try await place.weir(
      "run",
      "start",
      "onboard-user",
      environment: [SandboxServer.setting: setting]
    )
    #expect(outcome.exitCode == 1)
    #expect(outcome.output.contains("✗ Create_user Failed (Unauthorized)"))
    let ended = try await sandbox.stop()
    #expect(ended.errors.contains("POST\\n/identities?api-version="))
    #expect(!ended.errors.contains(sandbox.accessKey))
    expectNoCrash(ended)
  }

  @Test func `a token without a role is answered as ordered`() async throws {
    let place = try Workplace()
    let wrong = try await place.weir("sandbox", "start", "--missing-role", "404")
    #expect(wrong.exitCode == 2 && wrong.errors.contains("neither 401 nor 403"))
    for status in ["401", "403"] {
      let sandbox = try await SandboxServer(in: place, options: ["--missing-role", status])
      #expect(try await sandbox.statusWithoutRole() == Int(status))
      expectNoCrash(try await sandbox.stop())
    }
  }

  @Test func `over TLS it is trusted by whoever reads the file that it names`() async throws {
    let place = try Workplace()
    let sandbox = try await SandboxServer(in: place, options: ["--tls"])
    #expect(sandbox.connectionString.hasPrefix("endpoint=https://127.0.0.1:"))
    let file = try #require(sandbox.settings["SSL_CERT_FILE"])
    var environment = sandbox.environment
    environment["SSL_CERT_FILE"] = file
    let trusting = try await place.weir("run", "start", "onboard-user", environment: environment)
    #expect(trusting.exitCode == 0, "\(trusting.errors)")
    _ = try await sandbox.stop()
    let again = try await SandboxServer(in: place, options: ["--tls"])
    #expect(again.settings["SSL_CERT_FILE"] == file)
    environment.merge(again.environment) { $1 }
    let later = try await place.weir("run", "start", "onboard-user", environment: environment)
    #expect(later.exitCode == 0, "\(later.errors)")
    expectNoCrash(try await again.stop())
  }

  @Test func `a state file keeps keys and serves one sandbox at a time`() async throws {
    let place = try Workplace()
    let first = try await SandboxServer(in: place, options: ["--state", "state.db"])
    let taken = try await place.weir(
      "sandbox",
      "start",
      "--listen",
      "127.0.0.1:0",
      "--state",
      "state.db"
    )
    #expect(taken.exitCode == 5 && taken.errors.contains("[Z0003]"))
    let key = first.accessKey
    expectNoCrash(try await first.stop())
    let second = try await SandboxServer(in: place, options: ["--state", "state.db"])
    #expect(second.accessKey == key && !key.isEmpty)
    expectNoCrash(try await second.stop())
  }
}
