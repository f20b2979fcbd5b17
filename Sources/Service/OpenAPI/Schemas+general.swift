import OrderedJSON

extension Schemas {
  static let general: [(String, JSON)] = [
    ("Any", ["description": "Any JSON value"]),
    (
      "Error",
      object([
        "error": object(["code": text, "message": text], ["details": array(object)])
      ])
    ),
    (
      "Diagnostic",
      object(
        ["code": text, "message": text, "severity": oneOf(["error", "warning"])],
        [
          "hint": maybeText, "file": maybeText, "line": ["type": ["integer", "null"]],
          "column": ["type": ["integer", "null"]], "pointer": maybeText,
        ]
      )
    ),
    ("Content", object(["uri": text, "contentSize": count])),
    (
      "DiagnosticsList",
      object([
        "value": array(
          object([
            "workflow": text, "file": maybeText, "versionInForce": text,
            "diagnostics": array(reference("Diagnostic")),
          ])
        )
      ])
    ),
    ("Validation", object(["diagnostics": array(reference("Diagnostic"))])),
  ]

  /// What clients send.
  static let contents: [(String, JSON)] = [
    (
      "WorkflowContent",
      [
        "type": "object",
        "description": "A workflow file: {definition, kind}, or a definition alone",
      ]
    ),
    ("KeyChoice", closed([:], ["keyType": oneOf(["Primary", "Secondary"])])),
    (
      "TriggerInput",
      closed(
        [:],
        [
          "headers": ["type": "object", "additionalProperties": text],
          "body": ["description": "What triggerBody() returns"],
          "clientTrackingId": text,
        ]
      )
    ),
    (
      "Resubmission",
      closed(
        [:],
        [
          "actionsToResubmit": array(object(["name": text])),
          "fromFailed": flag,
          "definition": oneOf(["original", "latest"]),
          "input": ["description": "The body that the trigger brings instead"],
          "connections": [
            "type": "object", "description": "Connections that stand in, by the flow's names",
          ],
          "bulk": ["type": "string", "description": "The bulk that says how; stands alone"],
        ]
      )
    ),
    (
      "ConnectionContent",
      closed(
        ["connector": text],
        [
          "parameterSet": text,
          "parameters": ["type": "object", "additionalProperties": text],
          "shared": flag,
          "test": flag,
          "status": oneOf(["connected", "unauthenticated", "error"]),
          "limits": ["description": "null, 'off', or 'calls' with a 'renewalPeriod' in seconds"],
          "signIn": [
            "type": "object",
            "description": "What the identity provider gave when a person signed in elsewhere",
          ],
        ]
      )
    ),
    (
      "TokenOrder",
      closed(["name": text, "role": oneOf(Role.allCases.map(\.rawValue))], ["expires": maybeTime])
    ),
  ]
}
