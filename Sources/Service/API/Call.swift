import Engine
import HTTPMessages
import OrderedJSON
import Runtime
import Seams
import Timekeeping

/// A request that was let in and found its route.
struct Call: Sendable {
  let request: HTTPRequest
  /// The values of the names in the route's pattern.
  let parameters: [String: String]
  let query: QueryItems
  let caller: Caller
  let parts: ServiceParts
  let settings: ServiceSettings
  let changes: RunChanges

  var now: Timestamp { parts.environment.clock.now() }
  var store: any Store { parts.environment.store }

  /// The value of a name in the route's pattern.
  subscript(name: String) -> String { parameters[name] ?? "" }

  /// How this client reaches the server, without a trailing slash.
  var base: String {
    settings.baseURL ?? "\(request.scheme)://\(request.authority)"
  }

  // MARK: Content

  /// The body as JSON; `nil` when there is none.
  ///
  /// - Throws: `Problem` 415 when it is announced as something else, 400 when it is not JSON.
  func content() throws(Problem) -> JSON? {
    guard !request.body.isEmpty else { return nil }
    let type = request.headers["Content-Type"] ?? "application/json"
    let media = type.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    guard media == "application/json" || media.hasSuffix("+json") else {
      throw Problem(
        415,
        "UnsupportedMediaType",
        "The content type '\(media)' is not supported: send 'application/json'."
      )
    }
    do throws(JSONParseError) {
      return try JSON(parsing: request.body, limits: Self.limits)
    } catch {
      throw .invalidContent("The body is not valid JSON: \(error.message).")
    }
  }

  private static let limits = JSONLimits(byteCount: 64 << 20, depth: 256)

  /// The body as a JSON object with no other members than these.
  ///
  /// - Throws: `Problem` 400 for anything else, and as `content`.
  func object(of members: [String], isRequired: Bool = true) throws(Problem) -> JSONObject {
    guard let value = try content(), !value.isNull else {
      guard isRequired else { return JSONObject() }
      throw .invalidContent("The request needs a body: a JSON object.")
    }
    guard let object = value.objectValue else {
      throw .invalidContent("The body must be a JSON object, not \(value.kindName).")
    }
    if let unknown = object.keys.first(where: { !members.contains($0) }) {
      let known = members.map { "'\($0)'" }.joined(separator: ", ")
      throw .invalidContent("The body has an unknown member '\(unknown)'; known are \(known).")
    }
    return object
  }

  /// A number in the query.
  ///
  /// - Throws: `Problem` 400 when it is none, or out of range.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let text = query[name], !text.isEmpty else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .badRequest(
        "InvalidQueryParameter",
        "'\(name)' must be a number from \(range.lowerBound) to \(range.upperBound)."
      )
    }
    return number
  }

  // MARK: Failures below

  /// Asks the store.
  func asking<Value: Sendable>(_ body: (any Store) async throws(StoreFailure) -> Value)
    async throws(Problem) -> Value
  {
    do throws(StoreFailure) { return try await body(store) } catch { throw Problem(error) }
  }

  /// Asks the runtime.
  func running<Value: Sendable>(_ body: () async throws(RuntimeFailure) -> Value)
    async throws(Problem) -> Value
  {
    do throws(RuntimeFailure) { return try await body() } catch { throw Problem(error) }
  }

  // MARK: Audit

  /// Writes down what is about to be done; it is not done when that fails.
  ///
  /// An action is such as `run.cancel`, a subject such as `run/08584…`.
  ///
  /// - Throws: `Problem` when the audit cannot be written.
  func audit(_ action: String, _ subject: String, detail: String? = nil) async throws(Problem) {
    let entry = AuditEntry(
      time: now,
      actor: caller.name,
      action: action,
      subject: subject,
      detail: detail
    )
    try await asking { store throws(StoreFailure) in try await store.recordAudit(entry) }
  }
}
