import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Synchronization
import Timekeeping

/// Token endpoints and a service on simulated time, with processes that share a store.
final class TokenWorld: Sendable {
  static let secret = "client-s3cret"

  let clock = SimulatedClock()
  let executor: SimulatedExecutor
  let transport: ScriptedTransport
  private let database = MemoryDatabase()
  private let log = Entries()
  private let settings: Mutex<[String: String]>

  private final class Entries: Sendable {
    let list = Mutex<[Log.Entry]>([])
  }

  init(
    settings: [String: String] = [:],
    answer: @escaping @Sendable (HTTPRequest, Int) async -> ScriptedAnswer
  ) {
    let clock = clock
    let count = Counter()
    self.settings = Mutex(settings)
    executor = SimulatedExecutor(clock: clock)
    transport = ScriptedTransport(clock: clock) { request in
      await answer(request, count.next())
    }
  }

  final class Counter: Sendable {
    private let count = Mutex(0)
    func next() -> Int {
      count.withLock { count in
        count += 1
        return count
      }
    }
  }

  var logged: String { log.list.withLock { "\($0)" } }

  func set(_ name: String, _ value: String) { settings.withLock { $0[name] = value } }

  /// Everything in the store that could be read by who steals it.
  func stored(_ keys: String...) async throws -> String {
    let store = MemoryStore(database, owner: OwnerID("thief"))
    var bytes: [UInt8] = []
    for row in try await store.connections() { bytes += row.sealed }
    for key in keys { bytes += try await store.token(key)?.sealed ?? [] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// One process; its store dies with `close`.
  func environment(_ name: String = "a", hooks: StoreHooks = StoreHooks()) -> Environment {
    let log = log
    return Environment(
      store: MemoryStore(database, owner: OwnerID(name), hooks: hooks),
      transport: transport,
      clock: clock,
      entropy: SeededEntropy(seed: 7),
      vault: MemoryVault(),
      log: Log { entry in log.list.withLock { $0.append(entry) } },
      digests: Digests(
        sha256: { bytes in Array(String(bytes.hashValue).utf8) },
        hmacSHA256: { _, _ in [4, 5, 6] }
      ),
      identity: IdentitySources(
        assertion: { claims, _ in .success("signed." + String(decoding: claims, as: UTF8.self)) },
        file: { $0 == "/token" ? Array("federated-token\n".utf8) : nil }
      ),
      executor: executor,
      setting: { name in self.settings.withLock { $0[name] } }
    )
  }

  // MARK: Orders and answers

  static func order(_ credential: TokenCredential, _ fingerprint: String = "f") -> TokenOrder {
    TokenOrder(
      key: "connection/a",
      fingerprint: fingerprint,
      isStored: true,
      credential: credential
    )
  }

  static func application(_ fingerprint: String = "f") -> TokenOrder {
    let client = EntraClient(
      authority: "https://id.example",
      tenant: "t",
      clientID: "app",
      scope: "https://communication.azure.com/.default"
    )
    return order(.secret(client, secret), fingerprint)
  }

  static func person() throws -> TokenOrder {
    let settings = OAuthSettings(
      identityProvider: "oauth2",
      settings: [
        "authorizationurl": "https://id.example/auth", "tokenurl": "https://id.example/token",
      ]
    )
    let client = OAuthClient(id: "app", secret: secret, redirectURL: "")
    return order(.signIn(try OAuthFlow(settings: settings, signIn: [:], client: client)))
  }

  static func tokens(
    _ number: Int,
    life: Int64 = 3600,
    refresh: String? = nil
  ) -> HTTPResponse {
    var body: JSONObject = [
      "access_token": .string("token-\(number)"), "expires_in": .integer(life),
      "token_type": "Bearer",
    ]
    body["refresh_token"] = refresh.map { .string($0) }
    return IdentityService.json(200, .object(body))
  }

  static func refusal(_ error: String, status: Int = 400) -> HTTPResponse {
    let text = "AADSTS7000215: Invalid client secret \(secret) provided."
    return IdentityService.json(
      status,
      ["error": .string(error), "error_description": .string(text)]
    )
  }
}

extension HTTPRequest {
  var bodyText: String { String(decoding: body, as: UTF8.self) }
}
