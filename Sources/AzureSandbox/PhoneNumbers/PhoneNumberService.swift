internal import HTTPMessages
internal import OrderedJSON
internal import Seams
internal import Timekeeping

/// Searches, sells, changes and takes back phone numbers.
///
/// Source: Azure Communication fact sheet, section 5.
final class PhoneNumberService: SandboxService {
  let versions = PhoneNumberVersions.all

  private static let largestSearch = 500

  private let desk: PhoneNumberDesk

  init(_ desk: PhoneNumberDesk) { self.desk = desk }

  var operations: [SandboxOperation] {
    [
      SandboxOperation("POST", "/availablePhoneNumbers/countries/{country}/:search", search),
      SandboxOperation("GET", "/availablePhoneNumbers/searchResults/{id}", result),
      SandboxOperation("POST", "/availablePhoneNumbers/:purchase", purchase),
      SandboxOperation("GET", "/phoneNumbers", list),
      SandboxOperation("GET", "/phoneNumbers/{number}", show),
      SandboxOperation("DELETE", "/phoneNumbers/{number}", release),
      SandboxOperation("PATCH", "/phoneNumbers/{number}/capabilities", update),
      SandboxOperation("GET", "/phoneNumbers/operations/{id}", operation),
      SandboxOperation("DELETE", "/phoneNumbers/operations/{id}", cancel),
    ]
  }

  // MARK: Searching and buying

  private func search(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.enterSearch(call)
    let country = try NumberCountry.named(call.parameters["country"])
    let body = try call.numberBody()
    let order = try NumberOrder(body, in: country)
    let quantity = try Self.quantity(body)
    let areas = try Self.areas(body, order, country)
    return try desk.change(at: call.now) { [desk] book throws(Problem) in
      let numbers = desk.stock(areas, count: quantity, book, at: call.now)
      let isEnough = numbers.count == quantity
      let search = NumberSearch(
        id: desk.entropy.uuid(),
        resource: call.resource.id,
        order: order,
        numbers: isEnough ? numbers : [],
        expires: call.now + desk.hold,
        needsAgreement: country.needsAgreement
      )
      book.add(search, at: call.now)
      let failure = isEnough ? nil : Self.outOfStock(quantity, order)
      return desk.accept(.search(search.id), failure: failure, &book, call, guid: search.id)
    }
  }

  private static func quantity(_ body: JSONObject) throws(Problem) -> Int {
    guard let value = body["quantity"], !value.isNull else { return 1 }
    guard let quantity = value.integerValue, (1...Int64(largestSearch)).contains(quantity) else {
      throw .badRequest("quantity: must be 1 to \(largestSearch).")
    }
    return Int(quantity)
  }

  private static func areas(_ body: JSONObject, _ order: NumberOrder, _ country: NumberCountry)
    throws(Problem) -> [NumberArea]
  {
    let areas = country.areas(of: order.type)
    guard let value = body["areaCode"], !value.isNull else { return areas }
    guard let code = value.stringValue, !code.isEmpty, code.allSatisfy(\.isNumber) else {
      throw .badRequest("areaCode: must be a text of digits.")
    }
    return areas.filter { $0.code == code }
  }

  private static func outOfStock(_ quantity: Int, _ order: NumberOrder) -> NumberOperation.Failure {
    NumberOperation.Failure(
      code: "OutOfStock",
      message: "There are not \(quantity) numbers of type '\(order.type.rawValue)' that match."
    )
  }

  private func result(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let id = call.parameters["id"] ?? ""
    return try desk.change(at: call.now) { book throws(Problem) in
      let operation = book.operation("search_\(id.lowercased())", of: call.resource.id)
      guard let search = book.search(id, of: call.resource.id), operation?.isSettled == true,
        operation?.failure == nil
      else { throw .notFound("There is no result of a search '\(id)'.") }
      return .json(200, search.json(at: call.now))
    }
  }

  private func purchase(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.enterPurchase(call)
    let body = try call.numberBody()
    guard let id = body["searchId"]?.stringValue else {
      throw .badRequest("searchId: is required.")
    }
    let agrees = try body.agreement()
    return try desk.change(at: call.now) { [desk] book throws(Problem) in
      let operation = book.operation("search_\(id.lowercased())", of: call.resource.id)
      guard let search = book.search(id, of: call.resource.id), operation?.isSettled == true,
        operation?.failure == nil
      else { throw .notFound("There is no result of a search '\(id)'.") }
      try ServiceCall.requireAgreement(search.needsAgreement, agrees)
      return desk.accept(
        .purchase(search: search.id),
        failure: Self.obstacle(to: search, at: call.now),
        &book,
        call
      )
    }
  }

  private static func obstacle(to search: NumberSearch, at now: Timestamp)
    -> NumberOperation.Failure?
  {
    guard search.stage == .holding else {
      return .init(
        code: "PurchaseFailed",
        message: "The numbers of this search are bought already."
      )
    }
    guard search.isExpired(at: now) else { return nil }
    return .init(
      code: "ReservationExpired",
      message: "The search held its numbers until \(search.expires.textOfSeconds)."
    )
  }

  // MARK: Owned numbers

  private func list(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let page = try Page.ofNumbers(call, size: "top")
    return try desk.change(at: call.now) { book throws(Problem) in
      page.answer("phoneNumbers", book.numbers(of: call.resource.id).map(\.json), to: call)
    }
  }

  private func show(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.change(at: call.now) { book throws(Problem) in
      .json(200, try Self.number(call, book).json)
    }
  }

  private func release(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    try desk.change(at: call.now) { [desk] book throws(Problem) in
      let owned = try Self.idle(call, book)
      return desk.accept(.release(number: owned.number), &book, call)
    }
  }

  private func update(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let body = try call.mergePatch()
    let calling = try NumberOrder.optionalWord("calling", in: body, of: NumberCapability.self)
    let sms = try NumberOrder.optionalWord("sms", in: body, of: NumberCapability.self)
    return try desk.change(at: call.now) { [desk] book throws(Problem) in
      let owned = try Self.idle(call, book)
      var wanted = owned.order.capabilities
      if let calling { wanted.calling = calling }
      if let sms { wanted.sms = sms }
      _ = try NumberOrder(
        country: try NumberCountry.named(owned.order.country),
        type: owned.order.type,
        assignment: owned.order.assignment,
        capabilities: wanted
      )
      return desk.accept(.update(number: owned.number, wanted), &book, call)
    }
  }

  /// The number that the path names.
  private static func number(_ call: ServiceCall, _ book: NumberBook) throws(Problem) -> OwnedNumber
  {
    let text = call.parameters["number"] ?? ""
    let number = text.hasPrefix("+") ? text : "+" + text
    guard let owned = book.owned[number], owned.resource == call.resource.id else {
      throw .notFound("The resource does not own the number '\(number)'.")
    }
    return owned
  }

  private static func idle(_ call: ServiceCall, _ book: NumberBook) throws(Problem) -> OwnedNumber {
    let owned = try number(call, book)
    guard !owned.isBusy else {
      throw Problem(409, "Conflict", "The number '\(owned.number)' is being changed or released.")
    }
    return owned
  }

  func inventory(of resource: SandboxResource, at now: Timestamp) -> [InventoryNode] {
    let numbers = try? desk.change(at: now) { book throws(Problem) in
      book.numbers(of: resource.id)
    }
    return (numbers ?? []).map(\.node)
  }

  // MARK: Operations

  private func operation(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let id = call.parameters["id"] ?? ""
    return try desk.change(at: call.now) { [desk] book throws(Problem) in
      let found = book.poll(id, of: call.resource.id, at: call.now, step: desk.step)
      guard let (operation, stage) = found else { throw .notFound("No such operation.") }
      let body = operation.json(stage, step: desk.step, call.version)
      var response = HTTPResponse.json(200, body)
      if let location = operation.location(call.version) {
        response.headers.append("Location", location)
      }
      if stage != .ended {
        response.headers.append("Retry-After", OperationProgress.retryAfter(step: desk.step))
      }
      return response
    }
  }

  private func cancel(_ call: ServiceCall) throws(Problem) -> HTTPResponse {
    let id = call.parameters["id"] ?? ""
    return try desk.change(at: call.now) { [desk] book throws(Problem) in
      guard let operation = book.operation(id, of: call.resource.id) else {
        throw .notFound("No such operation.")
      }
      guard !operation.isSettled else {
        throw Problem(409, "Conflict", "The operation has ended.")
      }
      book.cancel(id, step: desk.step, at: call.now)
      return HTTPResponse(status: 204)
    }
  }
}
