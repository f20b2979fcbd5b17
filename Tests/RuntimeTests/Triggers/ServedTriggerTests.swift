import Definitions
import OrderedJSON
import Runtime
import Testing

@Suite struct ServedTriggerTests {
  @Test func `a trigger that is held as text is decoded as its flow had it`() throws {
    let written: JSON = [
      "definition": [
        "triggers": [
          "Größe": [
            "type": "http", "kind": "k",
            "inputs": [
              "method": "GET", "uri": "https://service.example/",
              "queries": ["q": 1.0, "r": 1e300],
              "retryPolicy": ["type": "fixed", "count": 7, "interval": "PT9S"],
            ],
            "recurrence": ["frequency": "Hour", "interval": 1],
            "operationOptions": "SingleInstance",
            "runtimeConfiguration": ["secureData": ["properties": ["inputs", "outputs"]]],
          ]
        ],
        "actions": [:],
      ]
    ]
    let read = FlowReader.read(name: "f", file: "f.json", bytes: written.bytes)
    let trigger = try #require(read.flow?.triggers.first)
    let again = try #require(ServedTrigger(trigger).decoded)
    #expect(again.name == "Größe" && again.type == "Http" && again.kind == "k")
    #expect(again.inputs == trigger.inputs && again.definition == trigger.definition)
    #expect(JSON.object(again.definition).text == JSON.object(trigger.definition).text)
    #expect(again.secureInputs && again.secureOutputs)
    #expect(again.retryPolicy == trigger.retryPolicy && again.retryPolicy != .standard)
    #expect(again.options == trigger.options)
  }
}
