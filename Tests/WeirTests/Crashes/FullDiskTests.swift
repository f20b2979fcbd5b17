import Foundation
import Glibc
import OrderedJSON
import Testing

/// A server whose files may not grow any more, as on a full disk, and then may again.
@Suite struct FullDiskTests {
  private let place: Workplace

  init() throws {
    place = try Workplace(hasFlows: false)
    try place.addFlow("one", actions: ["A": ["type": "Compose", "inputs": "@triggerBody()"]])
    let timer: JSON = [
      "type": "Recurrence", "recurrence": ["frequency": "Second", "interval": 1],
      "metadata": ["missedFires": "all"],
    ]
    try place.addFlow("tick", trigger: timer)
  }

  /// Large enough that a few fill what files may hold.
  private static let body: JSON = ["body": .string(String(repeating: "x", count: 20_000))]

  @Test func `a server on a full disk stays up, says so, and goes on when there is space`()
    async throws
  {
    #expect(try await place.weir("run", "list").exitCode == 0)
    // Blocks of 512 bytes.
    let server = try await FlowServer(
      in: place,
      "--log",
      "json",
      shell: "ulimit -S -f 4000; exec \"$0\" \"$@\""
    )
    let path = "/api/workflows/one/triggers/t/run"
    var acknowledged: [String] = []
    // Where a large write has no room left, a small one may have.
    for body in [Self.body, [:]] {
      var answer = try await server.send("POST", path, body)
      while let id = answer.content["name"]?.stringValue {
        acknowledged.append(id)
        answer = try await server.send("POST", path, body)
      }
      #expect(answer.status == 507)
      let message = answer.content["error"]?["message"]?.stringValue
      #expect(message?.contains("cannot grow") == true)
    }
    #expect(!acknowledged.isEmpty)

    // The timer's writes are smaller still: one that finds room makes the server ready until the next.
    var problem = ""
    try await eventually {
      let answer = try await server.send("POST", path, [:])
      if let id = answer.content["name"]?.stringValue { acknowledged.append(id) }
      let failing = try await server.send("GET", "/readyz")
      problem = failing.content["checks"]?["store"]?["problem"]?.stringValue ?? ""
      return failing.status == 503
    }
    #expect(problem.contains("nothing of this write was kept"), "\(problem)")
    #expect(try await server.send("GET", "/healthz").status == 200)
    let listed = try await server.send("GET", "/api/runs")
    #expect(listed.content["value"]?.arrayValue?.isEmpty == false)
    #expect(server.process.errors.contains("\"store.failing\""), "\(server.process.errors)")

    try server.process.liftFileLimit()
    try await eventually { try await server.send("GET", "/readyz").status == 200 }
    #expect(server.process.errors.contains("\"store.working\""))
    let accepted = try await server.send("POST", path, Self.body)
    acknowledged.append(try #require(accepted.content["name"]?.stringValue))
    try await eventually {
      let running = try await server.send("GET", "/api/runs?$filter=status%20eq%20'Running'")
      return running.content["value"]?.arrayValue?.isEmpty == true
    }
    let runs = try await place.weir("run", "list", "--limit", "9999", "--output", "json")
    let succeeded = try JSON(parsing: runs.output).arrayValue?
      .filter { $0["status"] == "Succeeded" }.compactMap { $0["id"]?.stringValue }
    #expect(Set(succeeded ?? []).isSuperset(of: acknowledged))
    try await eventually { try await times().count > 1 }
    let outcome = try await server.stop()
    #expect(outcome.exitCode == 0)
    expectNoCrash(outcome)
    // Times that came while the disk was full are made up for, each once.
    let fired = try await times()
    #expect(Set(fired).count == fired.count, "\(fired)")
  }

  /// The times at which the timer was to fire and did.
  private func times() async throws -> [String] {
    let history = try await place.weir(
      "trigger",
      "history",
      "tick",
      "--limit",
      "9999",
      "--output",
      "json"
    )
    return try JSON(parsing: history.output).arrayValue?
      .compactMap { $0["intendedTime"]?.stringValue } ?? []
  }

  @Test func `a read-only data folder is refused with what to do, and stays as it is`() async throws
  {
    #expect(try await place.weir("run", "list").exitCode == 0)
    let folders = [place.data.path, place.data.appending(path: "owners").path]
    for folder in folders { chmod(folder, 0o500) }
    defer { for folder in folders { chmod(folder, 0o700) } }
    // The superuser may write everywhere, unless that right is taken away first.
    let shell = """
      if [ "$(id -u)" = 0 ]
      then exec setpriv --bounding-set=-dac_override,-dac_read_search "$0" "$@"
      else exec "$0" "$@"
      fi
      """
    for words in [["run", "list"], ["run", "start", "one", "--sandbox"], ["admin", "check"]] {
      let outcome = try await place.start(words, shell: shell).end()
      #expect(outcome.exitCode == 5, "\(outcome.output)\(outcome.errors)")
      #expect(outcome.errors.contains("permission denied"))
      #expect(outcome.errors.contains("choose a data folder that this user may write"))
      expectNoCrash(outcome)
    }
  }
}

extension WeirProcess {
  /// Lets its files grow again.
  func liftFileLimit() throws {
    typealias Function =
      @convention(c) (Int32, Int32, UnsafePointer<rlimit>, UnsafeMutablePointer<rlimit>?) -> Int32
    // The headers show it only to programs that ask for GNU extensions before the first import.
    let symbol = try #require(dlsym(nil, "prlimit"))
    var limit = rlimit(rlim_cur: .max, rlim_max: .max)
    let code = unsafeBitCast(symbol, to: Function.self)(
      identifier,
      Int32(RLIMIT_FSIZE.rawValue),
      &limit,
      nil
    )
    try #require(code == 0)
  }
}
