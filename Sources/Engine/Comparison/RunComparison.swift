package import OrderedJSON
import Timekeeping

/// What differs between two runs, action by action, as their documents show them.
///
/// Both are masked documents of `RunView`, so nothing secret comes in.
package struct RunComparison: Sendable {
  /// One action instance of either run.
  package struct Row: Sendable {
    /// As `Send[3]`.
    package var action: String
    /// Which members differ: `status`, `inputs`, `outputs`, `error`.
    package var differences: [Difference]
    /// In seconds; `nil` when the run has no such action or it did not end.
    package var seconds: (left: Double?, right: Double?)
    package var status: (left: String?, right: String?)
    /// Whether the right run took the result over from another one.
    package var isCarried: Bool
  }

  /// One value that differs; an absent side is `nil`.
  package struct Difference: Hashable, Sendable {
    /// As `outputs/body/id`.
    package var path: String
    package var left: JSON?
    package var right: JSON?
  }

  package private(set) var rows: [Row] = []
  /// What differs of the runs themselves: status, trigger outputs, outputs.
  package private(set) var differences: [Difference] = []

  /// - Parameters:
  ///   - left: The document of `RunView` of the earlier run.
  ///   - right: That of the later one.
  package init(_ left: JSON, _ right: JSON) {
    for name in ["status", "code", "error"] {
      compare(left[name], right[name], name, into: &differences)
    }
    compare(
      left["trigger"]?["outputs"],
      right["trigger"]?["outputs"],
      "trigger",
      into: &differences
    )
    compare(left["outputs"], right["outputs"], "outputs", into: &differences)
    let (first, second) = (Self.actions(left), Self.actions(right))
    for key in Self.order(first.keys, second.keys) {
      rows.append(row(key, first.values[key], second.values[key]))
    }
  }

  package var isEmpty: Bool { differences.isEmpty && rows.allSatisfy(\.differences.isEmpty) }

  // MARK: Actions

  private static func actions(_ document: JSON) -> (keys: [String], values: [String: JSON]) {
    var keys: [String] = []
    var values: [String: JSON] = [:]
    for action in document["actions"]?.arrayValue ?? [] {
      let indices = (action["indices"]?.arrayValue ?? []).map(\.text).joined(separator: ",")
      let key = (action["name"]?.stringValue ?? "") + (indices.isEmpty ? "" : "[\(indices)]")
      if values.updateValue(action, forKey: key) == nil { keys.append(key) }
    }
    return (keys, values)
  }

  private static func order(_ left: [String], _ right: [String]) -> [String] {
    let known = Set(left)
    return left + right.filter { !known.contains($0) }
  }

  private func row(_ action: String, _ left: JSON?, _ right: JSON?) -> Row {
    var found: [Difference] = []
    for name in ["status", "code", "inputs", "outputs", "error"] {
      compare(left?[name], right?[name], name, into: &found)
    }
    return Row(
      action: action,
      differences: found,
      seconds: (Self.seconds(left), Self.seconds(right)),
      status: (left?["status"]?.stringValue, right?["status"]?.stringValue),
      isCarried: right?["carriedFrom"]?.stringValue != nil
    )
  }

  private static func seconds(_ action: JSON?) -> Double? {
    guard let start = time(action?["startTime"]), let end = time(action?["endTime"]) else {
      return nil
    }
    return (end - start).seconds
  }

  private static func time(_ value: JSON?) -> Timestamp? {
    value?.stringValue.flatMap(Timestamp.init(iso8601:))
  }

  // MARK: Values

  private func compare(
    _ left: JSON?,
    _ right: JSON?,
    _ path: String,
    into found: inout [Difference]
  ) {
    let (left, right) = (left == .null ? nil : left, right == .null ? nil : right)
    guard left != right else { return }
    switch (left, right) {
    case (.object(let first)?, .object(let second)?):
      for key in Self.order(Array(first.keys), Array(second.keys)) {
        compare(first[key], second[key], "\(path)/\(key)", into: &found)
      }
    case (.array(let first)?, .array(let second)?):
      for index in 0..<max(first.count, second.count) {
        let pair = [first, second].map { $0.indices.contains(index) ? $0[index] : nil }
        compare(pair[0], pair[1], "\(path)/\(index)", into: &found)
      }
    default: found.append(Difference(path: path, left: left, right: right))
    }
  }
}

extension RunComparison {
  package var json: JSON {
    [
      "equal": .bool(isEmpty), "differences": .array(differences.map(\.json)),
      "actions": .array(rows.map(\.json)),
    ]
  }
}

extension RunComparison.Row {
  fileprivate var json: JSON {
    [
      "action": .string(action),
      "status": [
        status.left.map { .string($0) } ?? .null, status.right.map { .string($0) } ?? .null,
      ],
      "seconds": [
        seconds.left.map { .double($0) } ?? .null, seconds.right.map { .double($0) } ?? .null,
      ],
      "carried": .bool(isCarried), "differences": .array(differences.map(\.json)),
    ]
  }
}

extension RunComparison.Difference {
  fileprivate var json: JSON {
    ["path": .string(path), "left": left ?? .null, "right": right ?? .null]
  }
}
