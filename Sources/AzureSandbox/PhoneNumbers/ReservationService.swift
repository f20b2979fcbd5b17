internal import Foundation
internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// Shows single numbers and holds those that are picked.
///
/// Source: Azure Communication fact sheet, section 5 ("Browse, reserve").
final class ReservationService: SandboxService {
  let versions = PhoneNumberVersions.withReservations

  private static let shownNumbers = 20

  private let desk: PhoneNumberDesk

  init(_ desk: PhoneNumberDesk) { self.desk = desk }

  var operations: [SandboxOperation] {
    let reservations = "/availablePhoneNumbers/reservations"
    return [
      SandboxOperation("POST", "/availablePhoneNumbers/countries/{country}/:browse", browse),
      SandboxOperation("GET", reservations, list),
      SandboxOperation("PATCH", reservations + "/{id}", update),
      SandboxOperation("GET", reservations + "/{id}", show),
      SandboxOperation("DELETE", reservations + "/{id}", delete),
      SandboxOperation("POST", reservations + "/{id}/:purchase", purchase),
    ]
  }

  // MARK: Browsing

  private func browse(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let country = try NumberCountry.named(call.parameters["country"])
    let body = try call.numberBody()
    let orders = try Self.orders(body, in: country)
    let prefixes = try Self.prefixes(body)
    return try desk.change(at: call.now) { [desk] book throws(Problem) in
      var numbers: [JSON] = []
      for order in orders {
        let areas = country.areas(of: order.type).filter { area in
          prefixes.isEmpty
            || prefixes.contains { $0.hasPrefix(area.code) || area.code.hasPrefix($0) }
        }
        let stock = desk.stock(areas, count: .max, book, at: call.now)
        let matching = stock.filter { Self.matches($0, prefixes, country) }
        numbers += matching.prefix(Self.shownNumbers - numbers.count).map {
          AvailableNumber(number: $0, order: order, needsAgreement: country.needsAgreement).json()
        }
      }
      return .json(200, ["phoneNumbers": .array(numbers)])
    }
  }

  /// What the browser may mean: one order, or one for each assignment when it names none.
  private static func orders(_ body: JSONObject, in country: NumberCountry) throws(Problem)
    -> [NumberOrder]
  {
    let type: NumberType = try NumberOrder.word("phoneNumberType", in: body)
    let wanted = try NumberOrder.optionalWord(
      "assignmentType",
      in: body,
      of: NumberAssignment.self
    )
    let capabilities = body["capabilities"]?.objectValue ?? JSONObject()
    let calling = try NumberOrder.optionalWord(
      "calling",
      in: capabilities,
      of: NumberCapability.self
    )
    let sms = try NumberOrder.optionalWord("sms", in: capabilities, of: NumberCapability.self)
    var orders: [NumberOrder] = []
    for offering in country.offerings where offering.type == type {
      guard wanted == nil || offering.assignment == wanted else { continue }
      let order = try? NumberOrder(
        country: country,
        type: type,
        assignment: offering.assignment,
        capabilities: NumberCapabilities(
          calling: calling ?? offering.capabilities.calling,
          sms: sms ?? offering.capabilities.sms
        )
      )
      if let order, orders.isEmpty { orders.append(order) }
    }
    return orders
  }

  private static func prefixes(_ body: JSONObject) throws(Problem) -> [String] {
    guard let value = body["phoneNumberPrefixes"], !value.isNull else { return [] }
    let texts = value.arrayValue?.compactMap(\.stringValue)
    guard let texts, texts.count == value.arrayValue?.count else {
      throw .badRequest("phoneNumberPrefixes: must be a list of texts.")
    }
    return texts
  }

  private static func matches(_ number: String, _ prefixes: [String], _ country: NumberCountry)
    -> Bool
  {
    let national = number.dropFirst(1 + country.callingCode.count)
    return prefixes.isEmpty || prefixes.contains { national.hasPrefix($0) }
  }

  // MARK: Reserving

  private func update(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let id = try Self.id(of: call)
    let body = try call.mergePatch()
    let changes = body["phoneNumbers"].flatMap { $0.isNull ? nil : $0 } ?? [:]
    guard let changes = changes.objectValue else {
      throw .badRequest("phoneNumbers: must be an object of numbers by their id.")
    }
    return try desk.change(at: call.now) { book throws(Problem) in
      let key = Self.key(call, id)
      let known = book.reservations[key]
      var reservation =
        known ?? NumberReservation(id: id, resource: call.resource.id, at: call.now)
      guard reservation.status(at: call.now) == .active else { throw Self.notActive(id) }
      var refused: [(String, JSON)] = []
      var taken = book.taken(at: call.now)
      for change in changes.members {
        guard !change.value.isNull else {
          reservation.numbers.removeValue(forKey: change.key)
          continue
        }
        guard reservation.numbers[change.key] == nil else { continue }
        if let number = Self.number(change.key, change.value), taken.insert(number.number).inserted
        {
          reservation.numbers[number.id] = number
        } else {
          refused.append((change.key, AvailableNumber.refused(change.key, change.value)))
        }
      }
      reservation.expires = min(
        call.now + NumberReservation.hold,
        reservation.created + NumberReservation.longest
      )
      book.reservations[key] = reservation
      return Self.answer(reservation, refused, isNew: known == nil, call)
    }
  }

  private static func answer(
    _ reservation: NumberReservation,
    _ refused: [(String, JSON)],
    isNew: Bool,
    _ call: ServiceCall
  ) -> HTTPResponse {
    let shown = reservation.json(at: call.now, withNumbers: true)
    guard !refused.isEmpty, var object = shown.objectValue else {
      return .json(isNew ? 201 : 200, shown)
    }
    var numbers = object["phoneNumbers"]?.objectValue ?? JSONObject()
    for (id, number) in refused { numbers[id] = number }
    object["phoneNumbers"] = .object(numbers)
    return .json(207, .object(object))
  }

  /// A number as a caller describes it after browsing; `nil` when there is no such number.
  private static func number(_ id: String, _ given: JSON) -> AvailableNumber? {
    let number = "+" + id
    guard let body = given.objectValue,
      let country = try? NumberCountry.named(body["countryCode"]?.stringValue),
      let order = try? NumberOrder(body, in: country), country.type(of: number) == order.type
    else { return nil }
    return AvailableNumber(number: number, order: order, needsAgreement: country.needsAgreement)
  }

  private func list(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let page = try Page.ofNumbers(call)
    return try desk.change(at: call.now) { book throws(Problem) in
      let own = book.reservations.values.filter { $0.resource == call.resource.id }
      let shown = own.sorted { ($0.created, $0.id) < ($1.created, $1.id) }
      return page.answer(
        "reservations",
        shown.map { $0.json(at: call.now, withNumbers: false) },
        to: call
      )
    }
  }

  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.change(at: call.now) { book throws(Problem) in
      let reservation = try Self.reservation(call, book)
      return .json(200, reservation.json(at: call.now, withNumbers: true))
    }
  }

  private func delete(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.change(at: call.now) { book throws(Problem) in
      let reservation = try Self.reservation(call, book)
      guard reservation.status(at: call.now) == .active else {
        throw Self.notActive(reservation.id)
      }
      book.reservations.removeValue(forKey: Self.key(call, reservation.id))
      return HTTPResponse(status: 204)
    }
  }

  private func purchase(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.enterPurchase(call)
    let agrees = try call.numberBody().agreement()
    return try desk.change(at: call.now) { [desk] book throws(Problem) in
      let reservation = try Self.reservation(call, book)
      guard reservation.status(at: call.now) == .active else {
        throw Self.notActive(reservation.id)
      }
      guard !reservation.numbers.isEmpty else {
        throw .badRequest("The reservation '\(reservation.id)' has no numbers.")
      }
      let needsAgreement = reservation.numbers.values.contains(where: \.needsAgreement)
      try ServiceCall.requireAgreement(needsAgreement, agrees)
      return desk.accept(.buyReservation(Self.key(call, reservation.id)), &book, call)
    }
  }

  // MARK: Names

  private static func id(of call: ServiceCall) throws(Problem) -> String {
    let id = call.parameters["id"] ?? ""
    guard UUID(uuidString: id) != nil else {
      throw .badRequest("The id of a reservation must be a GUID, not '\(id)'.")
    }
    return id.lowercased()
  }

  private static func key(_ call: ServiceCall, _ id: String) -> String {
    "\(call.resource.id)/\(id)"
  }

  private static func reservation(_ call: ServiceCall, _ book: NumberBook) throws(Problem)
    -> NumberReservation
  {
    let id = try id(of: call)
    guard let reservation = book.reservations[key(call, id)] else {
      throw .notFound("There is no reservation '\(id)'.")
    }
    return reservation
  }

  private static func notActive(_ id: String) -> Problem {
    Problem(409, "Conflict", "The reservation '\(id)' is not active any more.")
  }
}
