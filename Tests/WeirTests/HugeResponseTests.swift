import OrderedJSON
import Testing

/// Answers that are too large to take.
@Suite struct HugeResponseTests {
  @Test(arguments: [true, false])
  func `a response of 500 MB fails clearly and takes little memory`(isAnnounced: Bool)
    async throws
  {
    let place = try Workplace()
    let torrent = try #require(Torrent(byteCount: 500 << 20, announced: isAnnounced))
    try place.write(flow(port: torrent.port), to: "flows/download.json")
    let outcome = try await place.weir("run", "start", "download")
    #expect(outcome.exitCode == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("✗ Download Failed"))
    #expect(outcome.output.contains("exceeds 104857600 bytes of body"))
    #expect(outcome.output.utf8.count < 2000)
    #expect(outcome.peakMemory > 0)
    #expect(outcome.peakMemory < 400 << 20)
    expectNoCrash(outcome)
    let list = try await place.weir("run", "list", "--output", "json")
    #expect(try JSON(parsing: list.output)[0]?["status"] == "Failed")
  }

  private func flow(port: UInt16) -> JSON {
    [
      "definition": [
        "triggers": ["manual": ["type": "Request"]],
        "actions": [
          "Download": [
            "type": "Http",
            "inputs": [
              "method": "GET", "uri": .string("http://127.0.0.1:\(port)/all"),
              "retryPolicy": ["type": "none"],
            ],
          ]
        ],
      ]
    ]
  }
}
