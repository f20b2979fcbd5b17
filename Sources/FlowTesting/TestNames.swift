package import Definitions
package import Diagnostics
import OrderedJSON

/// Compares the names in a test file with what its flow has.
package struct TestNames {
  private let file: TestFile
  private let flow: Flow
  private let connectors: [Connector]
  private let actions: [String]
  private var problems: [Diagnostic] = []

  private init(_ file: TestFile, _ flow: Flow, _ connectors: [Connector]) {
    self.file = file
    self.flow = flow
    self.connectors = connectors
    actions = flow.allActions.map(\.name)
  }

  /// Names of actions, triggers and operations that are not there; `connectors` are those of the
  /// connections.
  package static func problems(in file: TestFile, _ flow: Flow, connectors: [Connector])
    -> [Diagnostic]
  {
    var names = TestNames(file, flow, connectors)
    for testCase in file.cases { names.check(testCase) }
    // Mocks of the file belong to every case.
    var seen: Set<String> = []
    return names.problems.filter { seen.insert("\($0.pointer ?? "") \($0.message)").inserted }
  }

  private mutating func check(_ testCase: TestCase) {
    if let name = testCase.trigger {
      let place = JSONPointer(testCase.place.tokens.dropLast() + ["trigger", "name"])
      check(name, among: flow.triggers.map(\.name), "trigger", place)
    }
    for mock in testCase.mocks { check(mock) }
    let actions = testCase.place.appending("actions")
    for key in testCase.expected["actions"]?.objectValue?.keys.map(\.self) ?? [] {
      checkAction(key, actions.appending(key), onKey: true)
    }
    let order = testCase.expected["order"]?.arrayValue ?? []
    for (index, name) in order.enumerated() {
      checkAction(name.stringValue ?? name.text, testCase.place.appending("order").appending(index))
    }
  }

  private mutating func check(_ mock: Mock) {
    // Those of a recording stand in no test file.
    guard !mock.pointer.tokens.isEmpty,
      mock.flow.map({ $0.lowercased() == flow.name.lowercased() }) ?? true
    else { return }
    switch mock.target {
    case .action(let name):
      checkAction(
        name,
        mock.pointer.appending("action"),
        hint: "an action of a flow that is called needs \"flow\" beside it"
      )
    case .operation(let connector, let id):
      check(connector, id, mock.pointer.appending("operation"))
    case .request: break
    }
  }

  private mutating func check(_ connector: String?, _ id: String, _ place: JSONPointer) {
    let candidates = connectors.filter { known in
      connector.map { $0.lowercased() == known.name.lowercased() } ?? true
    }
    if let connector, candidates.isEmpty {
      check(connector, among: connectors.map(\.name), "connector", place)
      return
    }
    guard !candidates.contains(where: { $0.operation(id) != nil }) else { return }
    check(id, among: candidates.flatMap { $0.operations.map(\.id) }, "operation", place)
  }

  private mutating func checkAction(
    _ name: String,
    _ place: JSONPointer,
    onKey: Bool = false,
    hint: String? = nil
  ) {
    let isInstance = name.hasSuffix("]") && !actions.contains(name)
    let bare = isInstance ? String(name.prefix { $0 != "[" }) : name
    check(bare, among: actions, "action", place, onKey: onKey, hint: hint)
  }

  private mutating func check(
    _ name: String,
    among known: [String],
    _ what: String,
    _ place: JSONPointer,
    onKey: Bool = false,
    hint: String? = nil
  ) {
    guard !known.contains(where: { $0.lowercased() == name.lowercased() }),
      file.source.document.value.value(at: place) != nil
    else { return }
    let nearest = NearestName.suggestion(for: name, among: known)
    problems.append(
      Diagnostic(
        .unknownTestName,
        "the flow '\(flow.name)' has no \(what) '\(name)'",
        hint: nearest.map { "did you mean '\($0)'?" } ?? hint
          ?? (known.isEmpty ? nil : "there are \(known.prefix(12).joined(separator: ", "))"),
        location: file.source.location(of: place, onKey: onKey),
        pointer: place.description
      )
    )
  }
}
