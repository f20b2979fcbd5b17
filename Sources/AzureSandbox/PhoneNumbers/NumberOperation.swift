internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// Something that the service does with numbers and that takes a while.
///
/// Source: Azure Communication fact sheet, section 5.
struct NumberOperation: Codable, Sendable {
  /// What it does.
  enum Task: Codable, Sendable {
    case search(String)
    case purchase(search: String)
    case update(number: String, NumberCapabilities)
    case release(number: String)
    case buyReservation(String)

    /// In the words of the service.
    var type: String {
      switch self {
      case .search: "search"
      case .purchase: "purchase"
      case .update: "updatePhoneNumberCapabilities"
      case .release: "releasePhoneNumber"
      case .buyReservation: "reservationPurchase"
      }
    }

    /// What its id begins with, and the header that carries the rest.
    var label: String {
      switch self {
      case .search: "search"
      case .purchase: "purchase"
      case .update: "capabilities"
      case .release: "release"
      case .buyReservation: "reservation-purchase"
      }
    }
  }

  /// Why it failed.
  struct Failure: Codable, Hashable, Sendable {
    let code: String
    let message: String
  }

  /// What follows the label in its id.
  let guid: String
  let resource: String
  let task: Task
  var progress: OperationProgress
  /// Known from the start, told at the end.
  var failure: Failure?
  /// Whether what it does was done.
  var isSettled = false

  var id: String { "\(task.label)_\(guid)" }

  /// Where the result is, below the origin.
  func location(_ version: String) -> String? {
    switch task {
    case .search(let id): "/availablePhoneNumbers/searchResults/\(id)?api-version=\(version)"
    case .update(let number, _):
      "/phoneNumbers/\(PercentEncoding.encode(number))?api-version=\(version)"
    case .purchase, .release, .buyReservation: nil
    }
  }

  func json(_ stage: OperationProgress.Stage, step: Duration, _ version: String) -> JSON {
    let status =
      switch stage {
      case .waiting: "notStarted"
      case .running: "running"
      case .ended: failure == nil ? "succeeded" : "failed"
      }
    var object: JSONObject = [
      "id": .string(id), "operationType": .string(task.type), "status": .string(status),
    ]
    object["resourceLocation"] = location(version).map(JSON.string)
    object["createdDateTime"] = .string(progress.begun.textOfSeconds)
    let last =
      switch stage {
      case .waiting: progress.begun
      case .running: progress.begun + step
      case .ended: progress.end(step: step)
      }
    object["lastActionDateTime"] = .string(last.textOfSeconds)
    if stage == .ended, let failure {
      object["error"] = ["code": .string(failure.code), "message": .string(failure.message)]
    }
    return .object(object)
  }
}
