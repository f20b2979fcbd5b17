import HTTPMessages
import OrderedJSON

@testable import AzureSandbox

/// A sandbox in the state that an example needs, and a client that knows every kind of caller.
final class ExampleBench {
  private let bench = TestBench()
  /// What texts of the example stand for here.
  private var variables: [String: String] = [:]
  private var tokens: [String: String] = [:]

  init() {
    let tenant = bench.sandbox.tenant
    variables = [
      "tenant": tenant.id, "subscription": tenant.subscriptionID, "client": tenant.clientID,
      "secret": tenant.clientSecret, "identityHeader": tenant.identityHeader,
      "statement": Self.statement([
        "aud": .string("https://login.example/\(tenant.id)/v2.0"), "exp": 4_102_444_800,
        "iss": .string(tenant.clientID), "sub": .string(tenant.clientID),
      ]),
      "federated": Self.statement([
        "aud": "api://AzureADTokenExchange", "exp": 4_102_444_800, "sub": "system:account",
      ]),
    ]
  }

  /// A JWT whose signature nobody checks.
  private static func statement(_ claims: JSON) -> String {
    "e30.\(Base64.encodeURL(claims.bytes)).AA"
  }

  /// Does what comes before, then what the example asks.
  func answer(to example: Example) async -> TestBench.Answer {
    for step in example.steps { await perform(step, of: example) }
    return await send(example.request, of: example, with: example.json["with"])
  }

  /// The example's answer with this sandbox's names in it.
  func expectation(of example: Example) -> JSON { translate(example.response, example) }

  private func perform(_ step: JSON, of example: Example) async {
    if let seconds = step["advance"]?.doubleValue { bench.clock.advance(.seconds(seconds)) }
    if let name = step["user"]?.stringValue { await addUser(name, step["scopes"]) }
    guard step["method"] != nil else { return }
    for _ in 0..<(step["repeat"]?.integerValue ?? 1) {
      let answer = await send(step, of: example)
      for member in step["keep"]?.objectValue?.members ?? [] {
        variables[member.key] = Self.value(member.value.stringValue ?? "", of: answer)
      }
    }
  }

  /// `/a/b` points into the body, other text names a header.
  private static func value(_ place: String, of answer: TestBench.Answer) -> String? {
    guard place.hasPrefix("/") else { return answer.response.headers[place] }
    return JSONPointer(text: place).flatMap { answer.json.value(at: $0)?.stringValue }
  }

  private func addUser(_ name: String, _ scopes: JSON?) async {
    let body: JSON = ["createTokenWithScopes": scopes ?? ["chat"]]
    let answer = await bench.send("POST", "/identities" + TestBench.version, body.text).json
    variables[name] = answer["identity"]?.text("id")
    tokens[name] = answer["accessToken"]?.text("token")
  }

  // MARK: Requests

  /// The addition has headers that the example leaves out, and an end of its query.
  private func send(
    _ original: JSON,
    of example: Example,
    with addition: JSON? = nil
  ) async -> TestBench.Answer {
    let step = translate(original, example)
    var request = bench.request(
      step.text("method"),
      target(step.text("target"), example) + (addition?.text("query") ?? ""),
      step["form"].map(Self.form) ?? step["body"]?.text ?? ""
    )
    request.headers["Content-Type"] =
      step["form"] == nil ? "application/json" : "application/x-www-form-urlencoded"
    for part in [step["headers"], addition?["headers"]] {
      for field in part?.fields.fields ?? [] { request.headers[field.name] = field.value }
    }
    await prove(&request, as: step.text("as"))
    return TestBench.Answer(await bench.sandbox.handle(request))
  }

  private func prove(_ request: inout HTTPRequest, as caller: String) async {
    switch caller {
    case "nobody": break
    case "forger":
      bench.sign(&request)
      request.headers["Authorization"] = request.headers["Authorization"].map { $0 + "AA" }
    case "meddler":
      bench.sign(&request)
      request.body += Array(" ".utf8)
    case "manager":
      let bearer = await managementToken()
      request.headers["Authorization"] = "Bearer " + bearer
    case "", "key": bench.sign(&request)
    default: request.headers["Authorization"] = "Bearer " + (tokens[caller] ?? "")
    }
  }

  private func managementToken() async -> String {
    let target =
      "/metadata/identity/oauth2/token?api-version=2018-02-01&resource="
      + PercentEncoding.encode("https://management.azure.com/")
    var request = bench.request("GET", target, "")
    request.headers["Metadata"] = "true"
    return TestBench.Answer(await bench.sandbox.handle(request)).json.text("access_token")
  }

  private static func form(_ value: JSON) -> String {
    (value.objectValue?.members ?? []).map { member in
      "\(member.key)=\(PercentEncoding.encode(member.value.stringValue ?? ""))"
    }.joined(separator: "&")
  }

  // MARK: Names

  /// A target, where names stand percent-encoded; hosts are always this sandbox.
  private func target(_ text: String, _ example: Example) -> String {
    var text = text
    for (key, value) in example.substitutes {
      let name = PercentEncoding.encode(resolve(value.stringValue ?? ""))
      text = text.replacing(PercentEncoding.encode(key), with: name)
    }
    guard let url = HTTPRequest(method: "GET", url: text) else { return text }
    return url.target
  }

  private func translate(_ value: JSON, _ example: Example) -> JSON {
    switch value {
    case .string(let text): return .string(translate(text, example))
    case .array(let elements): return .array(elements.map { translate($0, example) })
    case .object(let object):
      return .object(
        JSONObject(
          object.members.map { (translate($0.key, example), translate($0.value, example)) }
        )
      )
    default: return value
    }
  }

  private func translate(_ text: String, _ example: Example) -> String {
    var text = text
    for (key, value) in example.substitutes {
      text = text.replacing(key, with: value.stringValue ?? "")
    }
    return resolve(text)
  }

  private func resolve(_ text: String) -> String {
    variables.reduce(text) { $0.replacing("${\($1.key)}", with: $1.value) }
  }
}
