import Connectors
import OrderedJSON
import Testing

struct ServiceFailureTests {
  @Test(arguments: [
    (#"{"error": {"code": "Denied", "message": "No."}}"#, "Denied: No."),
    (#"{"code": 42, "message": "No."}"#, "42: No."),
    (#"{"error": "invalid_grant", "error_description": "No."}"#, "invalid_grant: No."),
    (#"{"type": "about:blank", "title": "Gone", "detail": "It went."}"#, "about:blank: It went."),
    (#"{"errors": [{"message": "First."}, {"message": "Second."}]}"#, "First."),
    (#"["Wrong."]"#, "Wrong."), (#"{"Message": "No."}"#, "No."),
    (#"{"odata.error": {"code": "c", "message": {"value": "No."}}}"#, "c: No."),
    (#""  Plain.  ""#, "Plain."), (#""<html>""#, nil), ("{}", nil), ("null", nil), ("7", nil),
  ])
  func `reads the usual shapes`(body: String, summary: String?) throws {
    let outputs: JSON = ["body": try JSON(parsing: body)]
    #expect(ServiceFailure(outputs: outputs).summary == summary)
  }

  @Test func `a long message is cut`() {
    let long = String(repeating: "x", count: 10_000)
    #expect(ServiceFailure(outputs: ["body": .string(long)]).message?.count == 500)
  }
}
