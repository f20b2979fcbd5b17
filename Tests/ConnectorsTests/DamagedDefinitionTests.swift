import Connectors
import Definitions
import Diagnostics
import OrderedJSON
import Testing

/// Puts a wrong value in every place of a definition: nothing may crash or run away.
struct DamagedDefinitionTests {
  private static let wrong: [JSON] = [nil, 7, "x", [], ["$ref": "#/definitions/accessToken"]]

  @Test(arguments: ["definition", "properties", "runtime"])
  func `a wrong value anywhere is survived`(file: String) throws {
    let files = try CorpusFolder.files(in: SampleConnector.folder("azure-communication-identity"))
    let original = try JSON(parsing: bytes(of: file, in: files))
    for pointer in Self.pointers(in: original) {
      for value in Self.wrong {
        let damaged = Self.setting(pointer.tokens[...], of: original, to: value)
        exercise(Self.files(files, with: damaged.bytes, for: file))
      }
    }
  }

  @Test func `a text cut short anywhere is survived`() throws {
    let files = try CorpusFolder.files(in: SampleConnector.folder("azure-communication-identity"))
    for length in stride(from: 0, to: files.definition.bytes.count, by: 97) {
      let cut = Array(files.definition.bytes.prefix(length))
      exercise(Self.files(files, with: cut, for: "definition"))
    }
  }

  @Test func `a definition that nests too deeply is refused`() {
    let deep = String(repeating: "[", count: 100_000)
    let report = ConnectorReport(
      files: ConnectorFiles(name: "x", definition: .init(path: "x", bytes: Array(deep.utf8))),
      path: "x"
    )
    #expect(!report.isLoaded)
    #expect(report.diagnostics.map(\.code) == [.invalidJSON])
  }

  private func exercise(_ files: ConnectorFiles) {
    _ = ConnectorReport(files: files, path: "x").json
    guard let connector = ConnectorDecoder.decode(files).connector else { return }
    _ = ReferencePage.markdown(for: connector)
    for operation in connector.operations {
      let call = ConnectorCall(connector: connector, operation: operation)
      let inputs: JSONObject = ["identityId": "8:acs:1", "body": [:]]
      _ = try? call.step(
        inputs: .named(inputs),
        connection: ConnectionValues(values: ["api_key": "endpoint=https://r;accesskey=AAAA"])
      )
      _ = try? call.builder.draft(for: .named(["identityId": "8:acs:1", "body/scopes": ["chat"]]))
      _ = ParameterCheck.diagnostics(names: ["x"], operation: operation, connector: connector)
    }
  }

  private func bytes(of file: String, in files: ConnectorFiles) throws -> [UInt8] {
    switch file {
    case "definition": files.definition.bytes
    case "properties": try #require(files.properties).bytes
    default: try #require(files.runtime).bytes
    }
  }

  private static func files(_ files: ConnectorFiles, with bytes: [UInt8], for file: String)
    -> ConnectorFiles
  {
    var changed = files
    switch file {
    case "definition": changed.definition.bytes = bytes
    case "properties": changed.properties?.bytes = bytes
    default: changed.runtime?.bytes = bytes
    }
    return changed
  }

  private static func pointers(in value: JSON, at tokens: [String] = []) -> [JSONPointer] {
    let children: [(String, JSON)]
    switch value {
    case .object(let object): children = object.members.map { ($0.key, $0.value) }
    case .array(let items): children = items.enumerated().map { (String($0.offset), $0.element) }
    default: children = []
    }
    return [JSONPointer(tokens)] + children.flatMap { pointers(in: $0.1, at: tokens + [$0.0]) }
  }

  private static func setting(_ tokens: ArraySlice<String>, of value: JSON, to new: JSON) -> JSON {
    guard let token = tokens.first else { return new }
    switch value {
    case .object(var object):
      object[token] = object[token].map { setting(tokens.dropFirst(), of: $0, to: new) }
      return .object(object)
    case .array(var items):
      guard let index = Int(token) else { return value }
      items[index] = setting(tokens.dropFirst(), of: items[index], to: new)
      return .array(items)
    default: return value
    }
  }
}
