internal import Diagnostics
internal import OrderedJSON

/// Rules on operationId, summary and responses.
///
/// Source: connector format reference, section (k), operations.
enum OperationRules {
  static func report(
    _ operation: ConnectorOperation,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    if !operation.id.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
      file.report(
        .operationAdvice,
        "the operationId '\(operation.id)' has other characters than letters and digits",
        at: place + ["operationId"]
      )
    }
    reportSummary(operation, at: place, &file)
    reportResponses(operation, at: place, &file)
    if operation.method == "GET", operation.body != nil || operation.hasForm {
      file.report(
        .operationAdvice,
        "'\(operation.id)' sends a body with GET, which many services ignore",
        at: place + ["parameters"]
      )
    }
  }

  private static func reportSummary(
    _ operation: ConnectorOperation,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    guard let summary = operation.summary else {
      file.report(
        .operationAdvice,
        "'\(operation.id)' has no summary",
        hint: "say in a few words what it does",
        at: place,
        onKey: true
      )
      return
    }
    if summary.count > 80 {
      file.report(
        .operationAdvice,
        "the summary of '\(operation.id)' has more than 80 characters",
        at: place + ["summary"]
      )
    }
    if let last = summary.last, ".!?;:,".contains(last) {
      file.report(
        .operationAdvice,
        "the summary of '\(operation.id)' ends with punctuation",
        at: place + ["summary"]
      )
    }
  }

  private static func reportResponses(
    _ operation: ConnectorOperation,
    at place: [String],
    _ file: inout DefinitionFile
  ) {
    if operation.responses.isEmpty {
      file.report(
        .operationAdvice,
        "'\(operation.id)' declares no response",
        at: place,
        onKey: true
      )
      return
    }
    if !operation.responses.contains(where: { $0.isSuccess || $0.status == "default" }) {
      file.report(
        .operationAdvice,
        "'\(operation.id)' declares no 2xx response",
        at: place + ["responses"],
        onKey: true
      )
    }
    let described = operation.responses.filter { $0.isSuccess && $0.schema != nil }
    if described.count > 1 {
      file.report(
        .operationAdvice,
        "'\(operation.id)' has schemas on \(described.count) success responses; only one is used",
        at: place + ["responses"],
        onKey: true
      )
    }
  }
}
