import Definitions
import Engine
import Fixtures
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Simulation
import Testing
import Timekeeping

@testable import AzureSandbox

/// Phone numbers: searching, buying, reserving, releasing.
extension CommunicationTests {
  @Test func `a number lives from its search to its release`() throws {
    let call = CommunicationWorld.call
    let run = try CommunicationWorld().run([
      "Search": Self.search(), "Buy": Self.buy(),
      "Result": call(
        "numbers",
        "GetPhoneNumberSearchResult",
        ["searchId": "@body('Search')?['searchId']"],
        "Buy"
      ),
      "List": call("numbers", "ListPhoneNumbers", ["top": 1], "Result"),
      "Change": call(
        "numbers",
        "UpdatePhoneNumberCapabilities",
        ["phoneNumber": Self.number, "body/sms": "none"],
        "List"
      ),
      "Get": call("numbers", "GetPhoneNumber", ["phoneNumber": Self.number], "Change"),
      "Release": call("numbers", "ReleasePhoneNumber", ["phoneNumber": Self.number], "Get"),
      "Operation": call(
        "numbers",
        "GetPhoneNumberOperation",
        ["operationId": "@body('Release')?['id']"],
        "Release"
      ),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    let found = try action("Search", of: run)["outputs"]?["body"]
    #expect(found?["phoneNumbers"]?.arrayValue?.count == 1)
    let bought = try action("Buy", of: run)["outputs"]?["body"]
    #expect(bought?["operationType"] == "purchase" && bought?["status"] == "succeeded")
    let changed = try action("Change", of: run)["outputs"]?["body"]
    #expect(changed?["phoneNumber"] == found?["phoneNumbers"]?[0])
    #expect(changed?["capabilities"] == ["calling": "outbound", "sms": "none"])
    #expect(try action("Get", of: run)["outputs"]?["body"] == changed)
    let last = try action("Operation", of: run)["outputs"]?["body"]
    #expect(last?["operationType"] == "releasePhoneNumber")
  }

  @Test func `a hold that expired fails the purchase with the service's reason`() throws {
    let wait: JSON = [
      "type": "Wait", "runAfter": ["Search": ["Succeeded"]],
      "inputs": ["interval": ["count": 16, "unit": "Minute"]],
    ]
    var buy = Self.buy().objectValue ?? [:]
    buy["runAfter"] = ["Wait": ["Succeeded"]]
    let run = try CommunicationWorld().run([
      "Search": Self.search(), "Wait": wait, "Buy": .object(buy),
    ])
    #expect(try action("Buy", of: run)["error"]?["code"] == "ReservationExpired")
  }

  @Test func `a search that is not awaited can be cancelled`() throws {
    var search = Self.search().objectValue ?? [:]
    search["operationOptions"] = "DisableAsyncPattern"
    let run = try CommunicationWorld().run([
      "Search": .object(search),
      "Cancel": CommunicationWorld.call(
        "numbers",
        "CancelPhoneNumberOperation",
        ["operationId": "@outputs('Search')?['headers']?['operation-id']"],
        after: "Search"
      ),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    #expect(try action("Search", of: run)["outputs"]?["statusCode"] == 202)
    #expect(try action("Cancel", of: run)["outputs"]?["statusCode"] == 204)
  }

  @Test func `numbers are browsed, reserved and bought`() throws {
    let id = "6a52f0b8-2d3c-4e5f-8a7b-9c0d1e2f3a4b"
    let other = "6a52f0b8-2d3c-4e5f-8a7b-9c0d1e2f3a4c"
    let call = CommunicationWorld.call
    let shown = "first(body('Browse')?['phoneNumbers'])"
    let numbers: JSON = .string("@addProperty(json('{}'), \(shown)?['id'], \(shown))")
    let run = try CommunicationWorld().run([
      "Browse": call(
        "numbers",
        "BrowseAvailablePhoneNumbers",
        ["countryCode": "US", "body/phoneNumberType": "tollFree"],
        nil
      ),
      "Reserve": call(
        "numbers",
        "UpdatePhoneNumberReservation",
        ["reservationId": .string(id), "body/phoneNumbers": numbers],
        "Browse"
      ),
      "List": call("numbers", "ListPhoneNumberReservations", [:], "Reserve"),
      "Buy": call(
        "numbers",
        "PurchasePhoneNumberReservation",
        ["reservationId": .string(id)],
        "List"
      ),
      "Get": call("numbers", "GetPhoneNumberReservation", ["reservationId": .string(id)], "Buy"),
      "Other": call(
        "numbers",
        "UpdatePhoneNumberReservation",
        ["reservationId": .string(other), "body/phoneNumbers": [:]],
        "Get"
      ),
      "Delete": call(
        "numbers",
        "DeletePhoneNumberReservation",
        ["reservationId": .string(other)],
        "Other"
      ),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    #expect(try action("Reserve", of: run)["outputs"]?["statusCode"] == 201)
    #expect(try action("Get", of: run)["outputs"]?["body"]?["status"] == "completed")
  }

  @Test func `the catalogue is read in pages`() throws {
    let call = CommunicationWorld.call
    var countries =
      call("numbers", "ListAvailableCountries", ["maxPageSize": 2], nil).objectValue ?? [:]
    countries["runtimeConfiguration"] = ["paginationPolicy": ["minimumItemCount": 100]]
    let run = try CommunicationWorld().run([
      "Countries": .object(countries),
      "Places": call("numbers", "ListAvailableLocalities", ["countryCode": "US"], nil),
      "Codes": call(
        "numbers",
        "ListAvailableAreaCodes",
        ["countryCode": "US", "phoneNumberType": "geographic", "locality": "Seattle"],
        nil
      ),
      "Offerings": call("numbers", "ListPhoneNumberOfferings", ["countryCode": "US"], nil),
      "Operators": call(
        "numbers",
        "SearchOperatorInformation",
        ["body/phoneNumbers": ["+12065550123"]],
        nil
      ),
    ])
    #expect(run["status"] == "Succeeded", "\(run.prettyText)")
    let all = try action("Countries", of: run)["outputs"]?["body"]
    #expect(all?["countries"]?.arrayValue?.count == 5 && all?["nextLink"] == nil)
  }
}
