import Foundation
import HTTPMessages
import OrderedJSON
import Testing

/// Flows that are still packed.
@Suite struct FlowPackageTests {
  /// A package with one flow, `@add(1,2)` in a Compose action, as Power Automate exports it.
  private let package = """
    UEsDBBQAAgAIAJUNdV2au7x0kAAAANUAAAARAAAAZi9kZWZpbml0aW9uLmpzb25NzbESgjAMBuDdx8gC3rHoyAQ6ufoG\
    kUYuJ6S1TbnzON7dtjqQLX/yJSsIzgQt4GOABpy3jrwyBWhXMPRkYWUruVPP40i+TGaUiFNJPy7zO70jBU0nXiwmBZeo\
    mty2NYBDPlFcvyNXOzsbKBEWFzXNoUNj6lNzPhZno/7yFWTnbpLfLDjF3HX/rbrqq8xSHb5QSwECHgMUAAIACACVDXVd\
    mru8dJAAAADVAAAAEQAAAAAAAAABAAAApIEAAAAAZi9kZWZpbml0aW9uLmpzb25QSwUGAAAAAAEAAQA/AAAAvwAAAAAA
    """

  @Test func `an export runs as it was downloaded`() async throws {
    let place = try Workplace()
    let bytes = try #require(Base64.decode(package))
    try Data(bytes).write(to: place.project.appending(path: "export.zip"))
    let outcome = try await place.weir("run", "start", "export.zip", "--output", "json")
    #expect(outcome.exitCode == 0)
    #expect(try JSON(parsing: outcome.output)["outputs"]?["n"]?["value"] == 3)
  }

  @Test func `what is no package is refused`() async throws {
    let place = try Workplace()
    try Data("junk".utf8).write(to: place.project.appending(path: "export.zip"))
    let outcome = try await place.weir("flow", "validate", "export.zip")
    #expect(outcome.exitCode == 3)
    #expect(outcome.errors.contains("'export.zip' is no zip archive [I0001]"))
  }
}
