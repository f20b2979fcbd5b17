import OrderedJSON

extension Schemas {
  private static let role = oneOf(Role.allCases.map(\.rawValue))

  static let access: [(String, JSON)] = [
    (
      "Connection",
      resource(
        "Microsoft.Web/connections",
        object([
          "name": text, "connector": text, "parameterSet": maybeText, "status": text,
          "shared": flag, "owner": maybeText, "created": maybeTime, "lastTested": maybeTime,
          "source": oneOf(["store", "file"]), "parameters": object, "limits": [:],
        ])
      )
    ),
    ("ConnectionList", list("Connection")),
    (
      "ConnectionTest",
      object(["works": flag], ["tried": text, "error": object(["code": text, "message": text])])
    ),
    (
      "GateList",
      object([
        "value": array(
          object([
            "connection": text, "connector": text, "limits": [:],
            "used": ["type": ["integer", "null"]], "waiting": count, "closedUntil": maybeTime,
          ])
        )
      ])
    ),
    ("Caller", object(["name": text, "role": role])),
    (
      "Token",
      object(["name": text, "role": role, "created": time, "expires": maybeTime])
    ),
    ("TokenList", list("Token")),
    (
      "NewToken",
      object(["name": text, "role": role, "created": time, "expires": maybeTime, "token": text])
    ),
    (
      "AuditEntry",
      object([
        "time": time, "actor": text, "action": text, "subject": text, "detail": maybeText,
      ])
    ),
    ("AuditList", list("AuditEntry")),
  ]
}
