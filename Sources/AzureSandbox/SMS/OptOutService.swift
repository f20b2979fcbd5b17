internal import HTTPMessages
internal import OrderedJSON

/// The list of those who want no messages from a sender.
///
/// Source: Azure Communication fact sheet, section 4 ("Opt-outs").
final class OptOutService: SandboxService {
  let versions = ["2025-08-01-preview", "2025-09-17", "2026-01-23"]

  private let desk: SMSDesk

  init(_ desk: SMSDesk) { self.desk = desk }

  var operations: [SandboxOperation] {
    [
      SandboxOperation("POST", "/sms/optouts:add") { [self] call throws(Problem) in
        try answer(call) { state, from, to in
          state.setOptOut(true, to, of: from)
          return nil
        }
      },
      SandboxOperation("POST", "/sms/optouts:remove") { [self] call throws(Problem) in
        try answer(call) { state, from, to in
          state.setOptOut(false, to, of: from)
          return nil
        }
      },
      SandboxOperation("POST", "/sms/optouts:check") { [self] call throws(Problem) in
        try answer(call) { state, from, to in state.isOptedOut(to, of: from) }
      },
    ]
  }

  /// Does something for each recipient, and says whether it is opted out when that was asked.
  private func answer(
    _ call: ServiceCall,
    _ action: (inout SMSState, _ from: String, _ to: String) -> Bool?
  ) throws(Problem) -> HTTPResponse {
    let members = try SMSDesk.body(of: call)
    let recipients = try SMSDesk.recipients("recipients", in: members)
    _ = try desk.sender(members, call)
    let from = members["from"]?.stringValue ?? ""
    let items = desk.states[call.resource].change { state in
      recipients.map { recipient -> JSON in
        let to = recipient["to"]?.stringValue ?? ""
        guard E164.isNumber(to) else {
          return [
            "to": .string(to), "httpStatusCode": 400, "errorMessage": .string(SMSDesk.badNumber),
          ]
        }
        var item: JSONObject = ["to": .string(to), "httpStatusCode": 200]
        item["isOptedOut"] = action(&state, from, to).map(JSON.bool)
        return .object(item)
      }
    }
    return .json(200, ["value": .array(items)])
  }
}
