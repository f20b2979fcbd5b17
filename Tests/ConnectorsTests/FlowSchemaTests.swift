import Connectors
import Definitions
import Engine
import Fixtures
import Foundation
import OrderedJSON
import Testing

struct FlowSchemaTests {
  private func schema() throws -> JSONSchema {
    let connector = try SampleConnector.shipped("azure-communication-identity")
    return JSONSchema(
      FlowSchema.schema(connectors: [connector], connections: ["acs": connector.name])
    )
  }

  @Test func `the samples fit`() throws {
    let samples = try FlowProblems.samples()
    let schema = JSONSchema(
      FlowSchema.schema(
        connectors: samples.connectors.values.sorted { $0.name < $1.name },
        connections: samples.references
      )
    )
    for (name, bytes) in samples.flows {
      #expect(schema.violations(of: try JSON(parsing: bytes)) == [], "\(name)")
    }
  }

  @Test func `flows of the engine's tests fit, bare or wrapped`() throws {
    let schema = try schema()
    for file in ["data", "loops", "run-after", "scopes", "variables", "conditions", "wait"] {
      for value in try Fixtures.json("EngineTests/Data/\(file).json").arrayValue ?? []
      where value["expect"]?["status"] == "Succeeded" && value["actions"] != nil {
        var flow: JSONObject = ["triggers": ["manual": ["type": "Request"]]]
        flow["actions"] = value["actions"]
        let name = "\(file): \(value["name"]?.stringValue ?? "")"
        #expect(schema.violations(of: .object(flow)) == [], "\(name)")
        #expect(schema.violations(of: ["definition": .object(flow)]) == [], "\(name)")
      }
    }
  }

  @Test(arguments: [
    "an unknown type", "no type", "an unknown member of an action", "runAfter in another case",
    "an unknown input of Http", "url instead of uri", "a misspelt status", "no status",
    "an unknown trigger type", "an unknown member of a trigger", "an unknown operation",
    "an unknown parameter of an operation", "a missing parameter of an operation",
    "Query without where", "an unknown status of Terminate", "an unknown member of limit",
    "an unknown member of the definition", "a variable of an unknown type",
  ])
  func `a broken flow does not fit`(name: String) throws {
    let broken = try #require(BrokenFlowTests.cases().first { $0.name == name })
    let flow = try JSON(parsing: broken.text)
    #expect(try schema().violations(of: flow) != [])
  }
}
