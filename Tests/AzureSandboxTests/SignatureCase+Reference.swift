import Fixtures
import Foundation
import HTTPMessages
import OrderedJSON
import Timekeeping

@testable import Crypto

extension SignatureCase {
  /// The gathered examples, on machines that have them.
  static func reference() throws -> [SignatureCase] {
    guard let url = Fixtures.reference("golden/azure-communication-hmac.json") else { return [] }
    let document = try JSON(parsing: Array(Data(contentsOf: url)))
    let examples = Examples(document: document)
    return examples.positive + examples.negative + examples.quirks
  }

  private struct Examples {
    let document: JSON

    private var keys: [[UInt8]] {
      ["primary", "secondary"].compactMap { Base64.decode(document["keys"]?.text($0) ?? "") }
    }

    private func list(_ name: String) -> [JSON] { document[name]?.arrayValue ?? [] }

    var positive: [SignatureCase] { list("vectors").map { vector($0, like: $0, .signed) } }

    var negative: [SignatureCase] {
      list("negative").map { example in
        let base = list("vectors").first { $0.text("id") == example.text("basedOn") } ?? .null
        return vector(example, like: base, .refused)
      }
    }

    /// They are based on the example for a loopback host.
    var quirks: [SignatureCase] {
      let base = list("vectors").first { $0.text("host") == "127.0.0.1:8085" } ?? .null
      return list("sdkCompat").map { example in
        let isTarget = example.text("stringToSign").contains("\nsms?")
        let outcome = isTarget ? Outcome.quirk("target without its first slash") : .signed
        return vector(example, like: base, outcome)
      }
    }

    private func vector(_ example: JSON, like base: JSON, _ outcome: Outcome) -> SignatureCase {
      var headers = base["headers"]?.fields ?? HTTPFields()
      let names = "\(base.text("dateHeader"));host;x-ms-content-sha256"
      headers["Authorization"] =
        "HMAC-SHA256 SignedHeaders=\(names)&Signature=\(example.text("signature"))"
      let hash = example.text("stringToSign").split(separator: ";").last.map(String.init)
      headers["x-ms-content-sha256"] = hash
      let host = example["host"]?.stringValue ?? base.text("host")
      let body = example["bodyUtf8"]?.stringValue ?? base.text("bodyUtf8")
      return SignatureCase(
        testDescription: "\(example.text("id")) \(example.text("title"))",
        request: HTTPRequest(
          method: base.text("method"),
          scheme: "http",
          authority: host,
          target: base.text("requestTarget"),
          headers: headers,
          body: Array(body.utf8)
        ),
        outcome: outcome,
        keys: keys,
        now: HTTPDate.timestamp(base.text("date")) ?? Timestamp(ticks: 0)
      )
    }
  }
}
