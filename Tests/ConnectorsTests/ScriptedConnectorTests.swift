import Connectors
import Crypto
import Definitions
import Diagnostics
import Fixtures
import Foundation
import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

/// Published connectors with scripts, made to work by a `runtime.json` of our own.
///
/// The connectors themselves are looked up in the reference corpus, where this machine has it.
struct ScriptedConnectorTests {
  private struct Subject {
    var connector: Connector
    var document: JSON

    init?(_ name: String) throws {
      let folder = "ConnectorsTests/Data/scripted/\(name)"
      document = try Fixtures.json(folder + "/cases.json")
      let path = document["folder"]?.stringValue ?? ""
      guard let corpus = Fixtures.reference("corpus/connectors/" + path) else { return nil }
      var files = try CorpusFolder.files(in: corpus)
      files.runtime = ConnectorFiles.File(
        path: "runtime.json",
        bytes: try Fixtures.data(folder + "/runtime.json")
      )
      files.hasScript = true
      let (connector, diagnostics) = ConnectorDecoder.decode(files)
      self.connector = try #require(connector, "\(diagnostics)")
      #expect(self.connector.runtime.defects == [])
    }

    var connection: ConnectionValues {
      var values: [String: String] = [:]
      for member in document["connection"]?.objectValue?.members ?? [] {
        values[member.key] = member.value.stringValue
      }
      return ConnectionValues(values: values, token: "signed-in")
    }
  }

  static let names = ["govee", "cradl-ai", "qpp-nextgen", "raisers-edge"]

  @Test(arguments: names)
  func `a scripted connector makes its calls`(name: String) throws {
    guard let subject = try Subject(name) else { return }
    for test in subject.document["cases"]?.arrayValue ?? [] { try check(test, subject) }
  }

  @Test(arguments: names)
  func `no operation of it is left behind`(name: String) throws {
    guard let subject = try Subject(name) else { return }
    for operation in subject.connector.operations {
      #expect(Executability.obstacle(to: operation, of: subject.connector) == nil)
    }
  }

  private func check(_ test: JSON, _ subject: Subject) throws {
    let id = test["operation"]?.stringValue ?? ""
    let operation = try #require(subject.connector.operation(id))
    let call = ConnectorCall(connector: subject.connector, operation: operation)
    let (request, draft, extras) = try send(call, test, subject.connection)
    expect(request, test["request"] ?? .null, id)
    guard let answer = test["answer"] else { return }
    let response = try call.response(
      Self.response(answer),
      to: draft,
      connection: subject.connection,
      token: extras.token
    )
    let outputs = ResponseDecoder(operation: operation, of: subject.connector)
      .outputs(of: response)
    for member in test["response"]?.objectValue?.members ?? [] {
      #expect(outputs[member.key] == member.value, "\(id)")
    }
  }

  private func send(_ call: ConnectorCall, _ test: JSON, _ connection: ConnectionValues)
    throws -> (HTTPRequest, RequestDraft, CallExtras)
  {
    let inputs = test["inputs"]?.objectValue ?? [:]
    var extras = CallExtras()
    for _ in 0..<5 {
      switch try call.step(inputs: .named(inputs), connection: connection, extras: extras) {
      case .lookUp(let prepared):
        let number = extras.lookups.count
        if let wanted = test["lookupRequests"]?[number] {
          expect(prepared.request, wanted, "look-up")
        }
        extras.lookups.append(Self.response(try #require(test["lookups"]?[number])))
      case .needToken(let fetch):
        expect(fetch.request.request, test["tokenRequest"] ?? .null, "token")
        extras.token = fetch.outputs(of: Self.response(try #require(test["token"])))
      case .answer: throw Unexpected()
      case .send(let prepared, let draft): return (prepared.request, draft, extras)
      }
    }
    throw Unexpected()
  }

  private struct Unexpected: Error {}

  private func expect(_ request: HTTPRequest, _ wanted: JSON, _ what: String) {
    if let line = wanted["line"]?.stringValue {
      #expect("\(request.method) \(request.url)" == line, "\(what)")
    }
    for member in wanted["headers"]?.objectValue?.members ?? [] {
      #expect(request.headers[member.key] == member.value.stringValue, "\(what) \(member.key)")
    }
    let text = String(decoding: request.body, as: UTF8.self)
    if let body = wanted["text"]?.stringValue { #expect(text == body, "\(what)") }
    if let body = wanted["body"] { #expect((try? JSON(parsing: text)) == body, "\(what)") }
  }

  private static func response(_ value: JSON) -> HTTPResponse {
    HTTPResponse(
      status: Int(value["status"]?.integerValue ?? 200),
      headers: ["Content-Type": "application/json"],
      body: value["body"]?.bytes ?? []
    )
  }
}
