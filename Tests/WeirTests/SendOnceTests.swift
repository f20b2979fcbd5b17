import OrderedJSON
import Testing

/// Mails and text messages of a process that is killed before it hears that they were taken.
@Suite struct SendOnceTests {
  /// What one action sends, and under which path.
  struct Kind: CustomTestStringConvertible {
    let name: String
    let path: String
    let connection: String
    let operation: String
    let parameters: JSON

    var testDescription: String { name }
  }

  static let kinds = [
    Kind(
      name: "mail",
      path: "/emails:send",
      connection: "mail",
      operation: "SendEmailAndWait",
      parameters: [
        "body/senderAddress": "@appsetting('AZURE_COMMUNICATION_SENDER_ADDRESS')",
        "body/recipients/to": [["address": "ana@example.net"]],
        "body/content/subject": "Order", "body/content/plainText": "Sent.",
      ]
    ),
    Kind(
      name: "sms",
      path: "/sms",
      connection: "sms",
      operation: "SendSms",
      parameters: [
        "body/from": "@appsetting('AZURE_COMMUNICATION_PHONE_NUMBER')",
        "body/smsRecipients": [["to": "+14255550123"]], "body/message": "hello",
      ]
    ),
  ]

  private static func flow(_ kind: Kind) -> JSON {
    [
      "definition": [
        "triggers": ["manual": ["type": "Request"]],
        "actions": [
          "Send": [
            "type": "OpenApiConnection",
            "inputs": [
              "host": [
                "connectionName": .string(kind.connection), "operationId": .string(kind.operation),
              ],
              "parameters": kind.parameters,
              "retryPolicy": ["type": "fixed", "count": 4, "interval": "PT5S"],
            ],
          ]
        ],
      ]
    ]
  }

  @Test(arguments: kinds)
  func `what was taken before the kill is not sent again`(_ kind: Kind) async throws {
    let place = try Workplace()
    try place.addSamples()
    try place.write(Self.flow(kind), to: "flows/send.json")
    let sandbox = try await SandboxServer(in: place, options: ["--senders", "--step", "0"])
    try await sandbox.loseAnswer(to: kind.path)
    let first = try place.start(["run", "start", "send"], environment: sandbox.settings)
    // The message is taken, the answer lost; the process waits to try again.
    try await eventually { try await sandbox.captured(kind.name).count == 1 }
    first.kill()
    #expect(try await first.end().exitCode == 128 + 9)
    let list = try await place.weir("run", "list", "--output", "json")
    let run = try #require(JSON(parsing: list.output)[0]?["id"]?.stringValue, "\(list.output)")
    let second = try await place.weir("run", "wait", run, environment: sandbox.settings)
    #expect(second.exitCode == 0, "\(second.output)\(second.errors)")
    let sent = try await sandbox.requests().filter { $0 == "POST \(kind.path)" }
    #expect(sent.count == 2)
    #expect(try await sandbox.captured(kind.name).count == 1)
    expectNoCrash(try await sandbox.stop())
  }
}
