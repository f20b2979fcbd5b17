import Engine
import Fixtures
import OrderedJSON
import Testing

@Suite struct JSONSchemaTests {
  @Test func `values are valid or have the listed violations`() throws {
    let groups = try Fixtures.json("EngineTests/Data/schemas.json").arrayValue ?? []
    #expect(groups.count >= 40)
    for group in groups {
      let name = group["name"]?.stringValue ?? ""
      let schema = JSONSchema(group["schema"] ?? [:])
      for value in group["valid"]?.arrayValue ?? [] {
        #expect(schema.violations(of: value) == [], "\(name): \(value.text)")
      }
      for value in group["invalid"]?.arrayValue ?? [] {
        #expect(!schema.violations(of: value).isEmpty, "\(name): \(value.text)")
      }
      for member in group["messages"]?.arrayValue ?? [] {
        let texts = schema.violations(of: member["value"] ?? .null).map { JSON.string($0.text) }
        #expect(.array(texts) == member["texts"] ?? [], "\(name)")
      }
    }
  }
}
