import Diagnostics
import Fixtures
import FlowImporting
import OrderedJSON
import Testing

/// Exports of other products, and what is made of them.
@Suite struct FlowImportTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let value: JSON
    var testDescription: String { value["name"]?.stringValue ?? "" }

    static func load() throws -> [Case] {
      try (Fixtures.json("FlowImportingTests/Data/imports.json").arrayValue ?? []).map(Case.init)
    }
  }

  @Test(arguments: try Case.load())
  func `flows, connections and the rest are told apart`(_ fixture: Case) throws {
    let files = (fixture.value["files"]?.objectValue?.members ?? []).map { member in
      let bytes = member.value.stringValue.map { Array($0.utf8) } ?? member.value.bytes
      return FlowImport.File(path: member.key, bytes: bytes)
    }
    let connector = InstalledConnector(name: "azure-communication-identity", required: ["api_key"])
    let found = FlowImport(files, name: "export", connectors: [connector])
    #expect(JSON.array(found.flows.map { .string($0.name) }) == fixture.value["flows"])
    #expect(JSON.object(found.connections) == fixture.value["connections"])
    #expect(JSON.object(found.parameters) == fixture.value["parameters"] ?? [:])
    #expect(JSON.array(found.settings.map { .string($0) }) == fixture.value["settings"] ?? [])
    let notes = (fixture.value["notes"]?.arrayValue ?? []).compactMap(\.stringValue)
    #expect(found.notes.map(\.message).sorted() == notes.sorted())
    #expect(found.notes.allSatisfy { $0.hint != nil && $0.severity == .warning })
    #expect(!found.notes.contains { $0.message.contains("hunter2") })
    if let document = fixture.value["document"] {
      #expect(Self.holds(try #require(found.flows.first).document, document))
    }
  }

  /// Whether everything that is asked for is there.
  private static func holds(_ value: JSON?, _ wanted: JSON) -> Bool {
    guard let members = wanted.objectValue?.members else { return value == wanted }
    return members.allSatisfy { holds(value?[$0.key], $0.value) }
  }
}
