import HTTPMessages
import OrderedJSON
import Testing
import Timekeeping

@testable import AzureSandbox

struct ReservationTests {
  private let bench = TestBench.numbers()
  private let target =
    "/availablePhoneNumbers/reservations/6a52f0b8-2d3c-4e5f-8a7b-9c0d1e2f3a4b"
    + TestBench.numberVersion

  private func browse(
    _ body: String = #"{"phoneNumberType":"tollFree"}"#,
    in country: String = "US"
  )
    async -> [JSON]
  {
    let target = "/availablePhoneNumbers/countries/\(country)/:browse" + TestBench.numberVersion
    return await bench.send("POST", target, body).json["phoneNumbers"]?.arrayValue ?? []
  }

  private func update(_ numbers: JSONObject, _ target: String? = nil) async -> TestBench.Answer {
    await bench.send(
      "PATCH",
      target ?? self.target,
      JSON.object(["phoneNumbers": .object(numbers)]).text,
      headers: ["Content-Type": "application/merge-patch+json"]
    )
  }

  private func entries(_ numbers: some Sequence<JSON>) -> JSONObject {
    JSONObject(numbers.map { ($0.text("id"), $0) })
  }

  @Test func `browsing shows numbers that match, and holds none`() async {
    let numbers = await browse(#"{"phoneNumberType":"tollFree","phoneNumberPrefixes":["888"]}"#)
    #expect(numbers.count == 20)
    #expect(numbers.allSatisfy { $0.text("phoneNumber").hasPrefix("+1888") })
    #expect(numbers.allSatisfy { $0.text("status") == "available" })
    #expect(await browse(#"{"phoneNumberType":"mobile"}"#).isEmpty)
    #expect(await browse(#"{"phoneNumberType":"tollFree","assignmentType":"person"}"#).isEmpty)
  }

  @Test func `a reservation begins with 201, changes with 200 and shows its numbers`() async {
    let numbers = await browse()
    let created = await update(entries(numbers.prefix(2)))
    #expect(created.status == 201)
    #expect(created.json.text("status") == "active")
    #expect(created.json.text("expiresAt") == "2026-03-02T08:24:10Z")
    #expect(
      created.json["phoneNumbers"]?.objectValue?.values.allSatisfy {
        $0.text("status") == "reserved"
      } == true
    )
    let changed = await update([numbers[0].text("id"): nil])
    #expect(changed.status == 200)
    #expect(changed.json["phoneNumbers"]?.objectValue?.keys.map(\.self) == [numbers[1].text("id")])
    #expect(await bench.send("GET", target).json == changed.json)
    let list = await bench.send(
      "GET",
      "/availablePhoneNumbers/reservations" + TestBench.numberVersion
    )
    #expect(list.json["reservations"]?[0]?["phoneNumbers"] == nil)
  }

  @Test func `a number that somebody has is refused beside the others`() async {
    let numbers = await browse()
    let other = "/availablePhoneNumbers/reservations/00000000-0000-4000-8000-000000000001"
    _ = await update(entries(numbers.prefix(1)), other + TestBench.numberVersion)
    var wanted = entries(numbers.prefix(2))
    wanted["19995550100"] = numbers[0]
    let answer = await update(wanted)
    #expect(answer.status == 207)
    let shown = answer.json["phoneNumbers"]
    #expect(shown?[numbers[0].text("id")]?.text("status") == "error")
    #expect(shown?[numbers[0].text("id")]?["error"]?.text("code") == "NotAvailable")
    #expect(shown?[numbers[1].text("id")]?.text("status") == "reserved")
    #expect(shown?["19995550100"]?.text("status") == "error")
  }

  @Test func `each change extends a reservation, but not beyond two hours`() async {
    let numbers = await browse()
    for index in 0..<9 {
      _ = await update([numbers[index].text("id"): numbers[index]])
      bench.clock.advance(.seconds(840))
    }
    #expect(await bench.send("GET", target).json.text("expiresAt") == "2026-03-02T10:09:10Z")
    #expect(await bench.send("GET", target).json.text("status") == "expired")
    #expect(await update([:]).status == 409)
    #expect(await bench.send("DELETE", target).status == 409)
  }

  @Test func `numbers of a deleted reservation are free again`() async {
    let numbers = await browse()
    _ = await update(entries(numbers.prefix(1)))
    #expect(await bench.send("DELETE", target).status == 204)
    #expect(await bench.send("GET", target).status == 404)
    #expect(await update(entries(numbers.prefix(1))).status == 201)
  }

  private func purchase(_ body: String = "") async -> TestBench.Answer {
    let path = target.replacing("?", with: "/:purchase?")
    return await bench.send("POST", path, body)
  }

  @Test func `all numbers of a reservation are bought together`() async {
    let numbers = await browse()
    _ = await update([:])
    #expect(await purchase().status == 400)
    _ = await update(entries(numbers.prefix(3)))
    let answer = await purchase()
    #expect(answer.status == 202)
    let done = await bench.operation(answer)
    #expect(done.json.text("operationType") == "reservationPurchase")
    #expect(done.json.text("status") == "succeeded")
    #expect(await bench.send("GET", target).json.text("status") == "completed")
    let owned = await bench.send("GET", "/phoneNumbers" + TestBench.numberVersion)
    #expect(owned.json["phoneNumbers"]?.arrayValue?.count == 3)
    #expect(await purchase().status == 409)
  }

  @Test func `a reservation may need the agreement not to resell`() async {
    _ = await update(entries(await browse(in: "FR").prefix(1)))
    #expect(await purchase(#"{"agreeToNotResell":false}"#).status == 400)
    #expect(await purchase(#"{"agreeToNotResell":true}"#).status == 202)
  }

  @Test func `the id of a reservation is a GUID`() async {
    let target = "/availablePhoneNumbers/reservations/mine" + TestBench.numberVersion
    #expect(await bench.send("GET", target).status == 400)
  }
}
