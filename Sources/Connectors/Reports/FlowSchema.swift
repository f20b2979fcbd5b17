package import Definitions
package import OrderedJSON

/// A JSON Schema for flow files, with every operation of some connectors, for editors.
///
/// It says what the language says, in the words of JSON Schema: names, types and choices. What only
/// `weir flow validate` knows, such as the order of actions, it leaves alone.
///
/// Source: JSON Schema draft 7; workflow language reference.
package struct FlowSchema {
  private let connectors: [Connector]
  /// The connectors of connections by name.
  private let connections: [String: String]
  private var definitions = JSONObject()

  /// - Parameters:
  ///   - connectors: Whose operations are described.
  ///   - connections: The connectors of connections by name; others may be used as well.
  /// - Returns: A schema of draft 7, without outside references.
  package static func schema(connectors: [Connector], connections: [String: String]) -> JSON {
    var schema = FlowSchema(connectors: connectors, connections: connections)
    schema.defineLanguage()
    schema.defineCalls()
    return [
      "$schema": "http://json-schema.org/draft-07/schema#",
      "title": "Flow of Azure Logic Apps, Power Automate and Weir",
      "type": "object",
      "if": ["required": ["definition"]],
      "then": schema.object(FlowLanguage.container, isOpen: true),
      "else": [
        "if": ["anyOf": [["required": ["triggers"]], ["required": ["actions"]]]],
        "then": Self.reference("workflow"),
      ],
      "definitions": .object(schema.definitions),
    ]
  }

  private init(connectors: [Connector], connections: [String: String]) {
    self.connectors = connectors
    self.connections = connections
  }

  private static func reference(_ name: String) -> JSON {
    ["$ref": .string("#/definitions/\(name)")]
  }

  // MARK: Language

  private mutating func defineLanguage() {
    definitions["workflow"] = object(FlowLanguage.definition, isOpen: false)
    definitions["actions"] = [
      "type": "object", "additionalProperties": Self.reference("action"),
      "description": "Actions by name; they run in parallel unless runAfter orders them.",
    ]
    definitions["predecessors"] = [
      "type": "object",
      "additionalProperties": [
        "type": "array", "minItems": 1,
        "items": schema(of: .choice(["Succeeded", "Failed", "Skipped", "TimedOut"])),
      ],
    ]
    define("action", ActionTypes.actions, others: ActionTypes.unsupported) {
      FlowLanguage.members(ofAction: $0)
    }
    define("trigger", ActionTypes.triggers, others: []) { FlowLanguage.members(ofTrigger: $0) }
  }

  /// One schema that chooses by `type` among those of all types.
  private mutating func define(
    _ name: String,
    _ types: [String],
    others: [String],
    _ members: (String) -> [MemberShape]
  ) {
    for type in types {
      var schema = object(members(type), isOpen: false).objectValue ?? JSONObject()
      if FlowLanguage.isConnector(type) { schema["allOf"] = [Self.reference("call")] }
      definitions["\(name).\(type)"] = .object(schema)
    }
    let choices = types.map { type -> JSON in
      [
        "if": ["properties": ["type": ["const": .string(type)]], "required": ["type"]],
        "then": Self.reference("\(name).\(type)"),
      ]
    }
    definitions[name] = [
      "type": "object", "required": ["type"],
      "properties": [
        "type": ["enum": .array((types + others).map { .string($0) })]
      ],
      "allOf": .array(choices),
    ]
  }

  private func object(_ members: [MemberShape], isOpen: Bool) -> JSON {
    var properties = JSONObject()
    for member in members {
      var schema = self.schema(of: member).objectValue ?? JSONObject()
      schema["description"] = .string(member.summary)
      properties[member.name] = .object(schema)
    }
    var object: JSONObject = [
      // One expression may stand for the whole.
      "type": ["object", "string", "null"], "properties": .object(properties),
    ]
    let required = members.filter(\.isRequired).map { JSON.string($0.name) }
    if !required.isEmpty { object["required"] = .array(required) }
    if !isOpen {
      object["additionalProperties"] = false
      // A name may be an expression.
      object["patternProperties"] = ["^@": [:]]
    }
    return .object(object)
  }

  private func schema(of member: MemberShape) -> JSON {
    switch member.name {
    case "definition": Self.reference("workflow")
    case "triggers":
      ["type": "object", "additionalProperties": Self.reference("trigger")]
    default: schema(of: member.shape)
    }
  }

  private func schema(of shape: ValueShape) -> JSON {
    switch shape {
    case .any: [:]
    case .text: ["type": ["string", "number", "boolean", "null"]]
    case .duration, .options: ["type": ["string", "null"]]
    case .integer: ["type": ["integer", "string", "null"]]
    case .boolean: ["type": ["boolean", "string", "null"]]
    case .condition: ["type": ["string", "object", "boolean"]]
    case .choice(let words):
      [
        "anyOf": [
          ["enum": .array(words.map { .string($0) })],
          ["type": "string", "pattern": .string(Self.pattern(of: words))],
        ]
      ]
    case .object(let members): object(members, isOpen: false)
    case .map(let inner):
      ["type": ["object", "string", "null"], "additionalProperties": schema(of: inner)]
    case .list(let inner): ["type": ["array", "string", "null"], "items": schema(of: inner)]
    case .actions: Self.reference("actions")
    case .predecessors: Self.reference("predecessors")
    }
  }

  /// An expression, or one of the words in any case.
  private static func pattern(of words: [String]) -> String {
    let spelled = words.map { word in
      word.map { "[\($0.uppercased())\($0.lowercased())]" }.joined()
    }
    return "^@|@\\{|^(\(spelled.joined(separator: "|")))$"
  }

  // MARK: Operations

  /// What calls of operations look like, by connection and operation.
  private mutating func defineCalls() {
    var choices: [JSON] = []
    let named = connections.sorted { $0.key < $1.key }
    for (connection, name) in named {
      guard let connector = connectors.first(where: { $0.name == name }) else { continue }
      choices.append(
        [
          "if": Self.host(["connectionName": ["const": .string(connection)]]),
          "then": operations(of: connector),
        ]
      )
    }
    // A connection that is not declared may be of any connector.
    let others = connectors.filter { connector in
      !connections.values.contains(connector.name) && !connector.operations.isEmpty
    }
    if !others.isEmpty {
      let known = named.map { JSON.string($0.key) }
      choices.append(
        [
          "if": Self.host(["connectionName": ["not": ["enum": .array(known)]]]),
          "then": ["anyOf": .array(others.map { operations(of: $0) } + [[:]])],
        ]
      )
    }
    definitions["call"] = choices.isEmpty ? [:] : ["allOf": .array(choices)]
  }

  private static func host(_ properties: JSON) -> JSON {
    let required = JSON.array((properties.objectValue?.keys.map(\.self) ?? []).map { .string($0) })
    return [
      "properties": [
        "inputs": [
          "properties": ["host": ["properties": properties, "required": required]],
          "required": ["host"],
        ]
      ],
      "required": ["inputs"],
    ]
  }

  /// The operations of a connector: their names, and the parameters of each.
  private mutating func operations(of connector: Connector) -> JSON {
    let name = "connector.\(connector.name)"
    if definitions[name] != nil { return Self.reference(name) }
    let visible = connector.operations.filter { $0.visibility != .internal }
    let names = visible.map { operation -> JSON in
      ["const": .string(operation.id), "description": .string(operation.title)]
    }
    let choices = visible.map { operation -> JSON in
      let parameters = InputSchema.schema(for: operation, of: connector, isComplete: true)
      return [
        "if": Self.host(["operationId": ["const": .string(operation.id)]]),
        "then": [
          "properties": ["inputs": ["properties": ["parameters": Self.optional(parameters)]]]
        ],
      ]
    }
    let byName: JSON = ["anyOf": .array(names + [["type": "string", "pattern": "^@"]])]
    definitions[name] = [
      "properties": [
        "inputs": ["properties": ["host": ["properties": ["operationId": byName]]]]
      ],
      "allOf": .array(choices),
    ]
    return Self.reference(name)
  }

  /// All parameters may come from one expression.
  private static func optional(_ schema: JSON) -> JSON {
    var object = schema.objectValue ?? JSONObject()
    object["type"] = ["object", "string", "null"]
    return .object(object)
  }
}
