import OrderedJSON

extension Schemas {
  static let workflows: [(String, JSON)] = [
    (
      "Workflow",
      resource(
        "Microsoft.Logic/workflows",
        object(
          [
            "state": oneOf(["Enabled", "Disabled"]), "provisioningState": text,
            "changedTime": time, "version": text,
            "triggers": array(
              object(
                ["name": text, "type": text],
                ["paused": flag, "nextExecutionTime": time]
              )
            ),
            "health": oneOf(["Healthy", "Unhealthy"]),
          ],
          [
            "file": text, "definition": object, "diagnostics": array(reference("Diagnostic")),
          ]
        )
      )
    ),
    ("WorkflowList", list("Workflow")),
    (
      "WorkflowVersion",
      resource(
        "Microsoft.Logic/workflows/versions",
        object(["version": text], ["kind": text, "definition": object])
      )
    ),
    ("WorkflowVersionList", list("WorkflowVersion")),
    (
      "Trigger",
      resource(
        "Microsoft.Logic/workflows/triggers",
        object(
          [
            "state": oneOf(["Enabled", "Disabled", "Suspended"]), "provisioningState": text,
            "type": text, "paused": flag, "changedTime": time, "workflow": object,
          ],
          [
            "kind": text, "createdTime": time, "recurrence": object, "lastExecutionTime": time,
            "nextExecutionTime": time,
          ]
        )
      )
    ),
    ("TriggerList", list("Trigger")),
    (
      "TriggerHistory",
      resource(
        "Microsoft.Logic/workflows/triggers/histories",
        object(
          [
            "status": oneOf(["Succeeded", "Waiting", "Skipped", "Failed"]), "startTime": time,
            "endTime": time, "scheduledTime": time, "lateness": number, "fired": flag,
          ],
          ["code": text, "error": object, "run": object]
        )
      )
    ),
    ("TriggerHistoryList", list("TriggerHistory")),
    (
      "TriggerReceipt",
      object(
        [
          "status": oneOf(["Succeeded", "Waiting", "Skipped", "Failed", "Refused", "Duplicate"]),
          "history": text,
        ],
        ["runs": array(text), "error": object(["code": text, "message": text])]
      )
    ),
    ("BackfillOrder", closed(["time": time], ["from": time])),
    (
      "CallbackUrl",
      object(
        ["value": text, "method": text, "basePath": text, "queries": object],
        ["relativePath": text, "relativePathParameters": array(text)]
      )
    ),
  ]
}
