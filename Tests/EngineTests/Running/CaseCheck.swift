import Definitions
import Engine
import OrderedJSON
import Timekeeping

/// Compares what came of a case with what it expects.
struct CaseCheck {
  let run: CaseRun
  let expected: JSON
  private(set) var differences: [String] = []

  init(_ run: CaseRun, _ expected: JSON) {
    self.run = run
    self.expected = expected
    check()
  }

  private mutating func check() {
    let document = RunView.document(run.state)
    for member in expected.objectValue?.members ?? [] {
      switch member.key {
      case "actions": checkActions(document, member.value)
      case "order": compare(member.key, .array(order), member.value)
      case "sends": compare(member.key, .array(run.sends.map { .string($0) }), member.value)
      case "sendTimes":
        compare(member.key, .array(run.sendTimes.map { .integer($0) }), member.value)
      case "undone": compare(member.key, .array(run.undone), member.value)
      case "seconds": compare(member.key, .integer(seconds), member.value)
      case "hides": checkHidden(document, member.value)
      default: match(member.key, document[member.key], member.value)
      }
    }
  }

  private var seconds: Int64 { (run.now - CaseRun.start).components.seconds }

  /// The actions in the order in which they ended by themselves.
  private var order: [JSON] {
    run.events.compactMap { event in
      guard case .actionEnded(let ended) = event, ended.status != .skipped else { return nil }
      return .string(run.plan.spelled(ended.address))
    }
  }

  // MARK: Actions

  private mutating func checkActions(_ document: JSON, _ expected: JSON) {
    var records: [String: JSON] = [:]
    for record in document["actions"]?.arrayValue ?? [] {
      let name = record["name"]?.stringValue ?? ""
      let indices = record["indices"]?.arrayValue?.map(\.text) ?? []
      records[indices.isEmpty ? name : "\(name)[\(indices.joined(separator: ","))]"] = record
    }
    for member in expected.objectValue?.members ?? [] {
      if member.value.isNull {
        if records[member.key] != nil { differences.append("\(member.key) has a record") }
        continue
      }
      guard let record = records[member.key] else {
        differences.append("\(member.key) has no record")
        continue
      }
      guard member.value.stringValue == nil else {
        compare("\(member.key)/status", record["status"] ?? .null, member.value)
        continue
      }
      match(member.key, record, member.value)
    }
  }

  /// Objects are compared member by member as far as the expectation lists them.
  private mutating func match(_ place: String, _ actual: JSON?, _ expected: JSON) {
    if let pattern = expected["$contains"]?.stringValue {
      let text = actual?.stringValue ?? actual?.text ?? ""
      if !text.contains(pattern) {
        differences.append("\(place) is \(text) and does not contain \(pattern)")
      }
      return
    }
    if let exact = expected["$exactly"] {
      compare(place, actual ?? .null, exact)
      return
    }
    guard let members = expected.objectValue?.members, let object = actual?.objectValue else {
      compare(place, actual ?? .null, expected)
      return
    }
    for member in members { match("\(place)/\(member.key)", object[member.key], member.value) }
  }

  private mutating func compare(_ place: String, _ actual: JSON, _ expected: JSON) {
    if let actuals = actual.arrayValue, let expecteds = expected.arrayValue,
      actuals.count == expecteds.count
    {
      for (index, pair) in zip(actuals, expecteds).enumerated() {
        match("\(place)/\(index)", pair.0, pair.1)
      }
      return
    }
    guard actual != expected else { return }
    differences.append("\(place) is \(actual.text), not \(expected.text)")
  }

  /// Texts that must stand nowhere in what people see, nor in what is stored unsealed.
  private mutating func checkHidden(_ document: JSON, _ texts: JSON) {
    let open = run.events.filter { !RunEventCoding.isSecret($0) }
    let stored = open.map {
      String(decoding: RunEventCoding.encode($0, plan: run.plan), as: UTF8.self)
    }
    for text in texts.arrayValue?.compactMap(\.stringValue) ?? [] {
      if document.text.contains(text) { differences.append("the document shows '\(text)'") }
      if stored.contains(where: { $0.contains(text) }) {
        differences.append("the journal shows '\(text)'")
      }
    }
  }
}
