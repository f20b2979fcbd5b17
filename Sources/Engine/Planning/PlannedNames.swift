import Definitions

/// The places that a flow's names get in its plan, known before any expression is compiled.
struct PlannedNames {
  private var places: [String: Int] = [:]
  private var contents: [String: [Int]] = [:]
  private let secureParameters: Set<String>

  init(_ flow: Flow) {
    secureParameters = Set(flow.parameters.filter(\.isSecure).map { $0.name.lowercased() })
    let actions = flow.allActions
    for (place, action) in actions.enumerated() { places[action.name.lowercased()] = place }
    for action in actions {
      let names = action.kind.blocks.flatMap { $0.actions.map { $0.name.lowercased() } }
      if !names.isEmpty { contents[action.name.lowercased()] = names.compactMap { places[$0] } }
    }
  }

  func place(of name: String) -> Int? { places[name.lowercased()] }

  /// The actions directly inside a container.
  func content(of name: String) -> [Int] { contents[name.lowercased()] ?? [] }

  func isSecure(parameter name: String) -> Bool { secureParameters.contains(name.lowercased()) }
}
