import Fixtures
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox
@testable import Crypto

/// A request, and whether the signature check must accept it.
struct SignatureCase: CustomTestStringConvertible, Sendable {
  enum Outcome: Equatable, Sendable {
    case signed
    case quirk(String)
    case refused
  }

  let testDescription: String
  let request: HTTPRequest
  let outcome: Outcome
  let keys: [[UInt8]]
  let now: Timestamp

  /// What the check says about it.
  func verified() -> Outcome {
    let verifier = SignatureVerifier(
      digests: .openSSL,
      clockMargin: .seconds(300),
      acceptsQuirks: true
    )
    do {
      let accepted = try verifier.verify(request, keys: keys, at: now)
      return accepted.quirk.map { .quirk($0.description) } ?? .signed
    } catch {
      return .refused
    }
  }

  static func ours() throws -> [SignatureCase] {
    let document = try Fixtures.json("AzureSandboxTests/Data/signatures.json")
    let keys = document["keys"]?.arrayValue?.compactMap { $0.stringValue.flatMap(Base64.decode) }
    let now = try #require(document["now"]?.stringValue.flatMap(HTTPDate.timestamp))
    return try #require(document["cases"]?.arrayValue).map { value in
      var headers = value["headers"]?.fields ?? HTTPFields()
      headers.append("Host", value.text("host"))
      let expected = value.text("expect")
      return SignatureCase(
        testDescription: value.text("name"),
        request: HTTPRequest(
          method: value.text("method"),
          scheme: "http",
          authority: value.text("host"),
          target: value.text("target"),
          headers: headers,
          body: Array(value.text("body").utf8)
        ),
        outcome: expected == "signed"
          ? .signed : expected == "refused" ? .refused : .quirk(expected),
        keys: keys ?? [],
        now: now
      )
    }
  }
}

extension JSON {
  /// A string member, or nothing.
  func text(_ key: String) -> String { self[key]?.stringValue ?? "" }

  /// The members of an object as header fields.
  var fields: HTTPFields {
    HTTPFields(
      (objectValue?.members ?? []).map {
        HTTPFields.Field(name: $0.key, value: $0.value.stringValue ?? "")
      }
    )
  }
}
