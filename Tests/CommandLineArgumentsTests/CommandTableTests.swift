import CommandLineArguments
import Testing

@Suite struct CommandTableTests {
  private let table = CommandTable(
    program: "weir",
    summary: "runs flows",
    commands: [
      CommandSpec(
        "run",
        "start",
        summary: "Start",
        positionals: [PositionalSpec("FLOW", "a flow")],
        options: [
          OptionSpec("count", "N", "how many"), OptionSpec("sandbox", nil, "local"),
          OptionSpec("header", "K=V", "header", repeats: true),
        ],
        aliases: ["begin"]
      ),
      CommandSpec("admin", "token", "list", summary: "List"),
      CommandSpec(
        "admin",
        "token",
        "make",
        summary: "Make",
        positionals: [PositionalSpec("N", "n")]
      ),
      CommandSpec("admin", "check", summary: "Check"),
      CommandSpec("eval", summary: "Evaluate", positionals: [PositionalSpec("EXPRESSION", "text")]),
    ],
    globals: [OptionSpec("project", "DIR", "folder"), OptionSpec("quiet", nil, "less")]
  )

  private func arguments(_ words: String...) throws -> Arguments {
    guard case .run(let arguments) = try table.parse(words) else { throw UsageError("no command") }
    return arguments
  }

  @Test func `a command may have three words`() throws {
    #expect(try arguments("admin", "--quiet", "token", "make", "list")[0] == "list")
    guard case .help(["admin", "token"]) = try table.parse(["admin", "token"]) else {
      throw UsageError("no help")
    }
    let failure = #expect(throws: UsageError.self) { try table.parse(["admin", "token", "lis"]) }
    #expect(failure?.message == "there is no command 'admin token lis'")
    #expect(failure?.hint == "did you mean 'list'?")
    let noun = #expect(throws: UsageError.self) { try table.parse(["admin", "x"]) }
    #expect(noun?.hint == "'admin' knows token, check")
  }

  @Test func `options stand before or after the verb`() throws {
    let first = try arguments("--project", "p", "run", "start", "f", "--count=3", "--sandbox")
    let second = try arguments("run", "--quiet", "start", "f", "--project=p", "--count", "3")
    #expect(first.value("project") == "p")
    #expect(second.value("project") == "p")
    #expect(second.has("quiet"))
    #expect(try first.integer("count", in: 1...9) == 3)
    #expect(first.has("sandbox"))
    #expect(first[0] == "f")
  }

  @Test func `repeated options keep their order and a dash is a word`() throws {
    let parsed = try arguments("run", "begin", "-", "--header", "a=1", "--header", "b=2")
    #expect(parsed.values("header") == ["a=1", "b=2"])
    #expect(parsed[0] == "-")
  }

  @Test func `after two dashes everything is a word`() throws {
    #expect(try arguments("eval", "--", "--x")[0] == "--x")
  }

  @Test(arguments: [
    (["rn"], "did you mean 'run'?"), (["run", "strat", "x"], "did you mean 'start'?"),
    (["run", "start", "f", "--cuont", "3"], "did you mean '--count'?"),
    (["run", "start"], "see 'run start --help'"),
    (["run", "start", "f", "--count"], "write --count N"),
  ])
  func `mistakes are explained`(words: [String], hint: String) {
    let error = #expect(throws: UsageError.self) { try table.parse(words) }
    #expect(error?.hint == hint)
  }

  @Test(arguments: [
    ["run", "start", "f", "g"], ["run", "start", "f", "--sandbox=yes"],
    ["run", "start", "f", "--count", "1", "--count", "2"],
  ])
  func `superfluous words are refused`(words: [String]) {
    #expect(throws: UsageError.self) { try table.parse(words) }
  }

  @Test(arguments: [
    ("--count", "many"), ("--count", "0"), ("--count", "10"), ("--count", "-1"), ("--count", "1.5"),
    ("--count", ""),
  ])
  func `numbers out of bounds are refused`(option: String, value: String) throws {
    let parsed = try arguments("run", "start", "f", option, value)
    let error = #expect(throws: UsageError.self) { try parsed.integer("count", in: 1...9) }
    #expect(error?.message == "'--count \(value)' is not a whole number from 1 to 9")
  }

  @Test func `one of a few words is taken and another refused with the list`() throws {
    let parsed = try arguments("run", "start", "f", "--project", "here")
    #expect(try parsed.choice("project", of: ["here", "there"]) == "here")
    #expect(try parsed.choice("count", of: ["1"]) == nil)
    let error = #expect(throws: UsageError.self) { try parsed.choice("project", of: ["a", "b"]) }
    #expect(error?.hint == "use one of a, b")
  }

  @Test func `values may begin with a dash or hold an equals sign`() throws {
    #expect(try arguments("run", "start", "f", "--header", "a=b=c").value("header") == "a=b=c")
    #expect(try arguments("run", "start", "f", "--header", "--x").value("header") == "--x")
    #expect(try arguments("run", "start", "f", "--header=").value("header") == "")
    #expect(try arguments("eval", "-1")[0] == "-1")
  }

  @Test(arguments: [
    (["--help"], []), (["help"], []), ([], []), (["run"], ["run"]), (["run", "--help"], ["run"]),
    (["run", "start", "--help"], ["run", "start"]), (["run", "begin", "-h"], ["run", "start"]),
    (["help", "run", "start"], ["run", "start"]), (["eval", "--help"], ["eval"]),
    (["--quiet", "run", "start", "--help"], ["run", "start"]),
    (["--project", "p", "run", "start", "--help"], ["run", "start"]),
  ])
  func `help is asked for in the usual ways`(words: [String], path: [String]) throws {
    guard case .help(let asked) = try table.parse(words) else {
      Issue.record("not a request for help")
      return
    }
    #expect(asked == path)
  }

  @Test func `the version needs no command`() throws {
    guard case .version = try table.parse(["--version"]) else {
      Issue.record("not a request for the version")
      return
    }
  }

  @Test func `help pages name every option`() {
    let text = Help.text(table, path: ["run", "start"])
    for word in ["Usage: weir run start FLOW", "--count N", "--header K=V…", "--project DIR"] {
      #expect(text.contains(word))
    }
    #expect(Help.text(table, path: []).contains("eval EXPRESSION"))
  }
}
