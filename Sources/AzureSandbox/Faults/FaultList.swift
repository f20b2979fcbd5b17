internal import HTTPMessages
internal import Synchronization

/// The faults that are waiting for their requests.
final class FaultList: Sendable {
  private struct Entries {
    var faults: [Fault] = []
    var lastNumber = 0
  }

  private let entries = Mutex(Entries())

  /// Adds a fault behind the others; returns it with its id.
  func add(_ fault: Fault) -> Fault {
    entries.withLock { entries in
      entries.lastNumber += 1
      var fault = fault
      fault.id = "fault-\(entries.lastNumber)"
      entries.faults.append(fault)
      return fault
    }
  }

  /// The oldest fault that meets this request, with one use of it spent.
  func take(_ request: HTTPRequest) -> Fault? {
    entries.withLock { entries in
      for index in entries.faults.indices where entries.faults[index].fits(request) {
        if entries.faults[index].skip > 0 {
          entries.faults[index].skip -= 1
          continue
        }
        return Self.spend(&entries.faults, index)
      }
      return nil
    }
  }

  private static func spend(_ faults: inout [Fault], _ index: Int) -> Fault {
    let fault = faults[index]
    if let count = fault.count {
      faults[index].count = count - 1
      if count <= 1 { faults.remove(at: index) }
    }
    return fault
  }

  var all: [Fault] { entries.withLock(\.faults) }

  func clear() { entries.withLock { $0.faults = [] } }

  /// Takes one fault away; returns whether it was there.
  func remove(_ id: String) -> Bool {
    entries.withLock { entries in
      let before = entries.faults.count
      entries.faults.removeAll { $0.id == id }
      return entries.faults.count < before
    }
  }
}
