import HTTPMessages

/// What the path of a callback address names.
///
/// Source: workflow language reference, sections e.3 and (g).
package enum CallbackPath: Hashable, Sendable {
  /// A trigger; `rest` is what follows `invoke`, percent-encoded.
  case trigger(flow: String, name: String, rest: String)
  /// An action that waits to be called back, by its place in the plan of its run.
  case action(run: String, place: Int, indices: [Int])
  /// Where the answer of a run may be asked for.
  case answer(run: String)

  /// Reads `/api/workflows/{flow}/triggers/{trigger}/invoke`, its older spelling
  /// `/workflows/{flow}/triggers/{trigger}/paths/invoke`, or `/api/callbacks/{run}/{what}`; `nil`
  /// for any other path.
  package init?(_ path: some StringProtocol) {
    let slash = UInt8(ascii: "/")
    let parts = path.utf8.split(separator: slash, maxSplits: 8, omittingEmptySubsequences: false)
      .map { String(decoding: $0, as: UTF8.self) }
    guard parts.count >= 5, parts[0].isEmpty else { return nil }
    if parts[1] == "api", parts[2] == "callbacks", parts.count == 5 {
      self.init(run: PercentEncoding.decode(parts[3]), what: parts[4])
    } else if parts[1] == "api" {
      self.init(trigger: Array(parts.dropFirst(2)), verb: ["invoke"])
    } else {
      self.init(trigger: Array(parts.dropFirst()), verb: ["paths", "invoke"])
    }
  }

  private init?(trigger parts: [String], verb: [String]) {
    guard parts.count >= 4 + verb.count, parts[0] == "workflows", parts[2] == "triggers",
      Array(parts[4..<4 + verb.count]) == verb
    else { return nil }
    self = .trigger(
      flow: PercentEncoding.decode(parts[1]),
      name: PercentEncoding.decode(parts[3]),
      rest: parts[(4 + verb.count)...].joined(separator: "/")
    )
  }

  private init?(run: String, what: String) {
    if what == "answer" {
      self = .answer(run: run)
      return
    }
    let numbers = what.split(separator: ".", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.allSatisfy({ $0.map { $0 >= 0 } ?? false }), let place = numbers.first ?? nil
    else { return nil }
    self = .action(run: run, place: place, indices: numbers.dropFirst().compactMap(\.self))
  }

  /// The path with its names percent-encoded.
  package var text: String {
    switch self {
    case .trigger(let flow, let name, let rest):
      let path = "/api/workflows/\(encoded(flow))/triggers/\(encoded(name))/invoke"
      return rest.isEmpty ? path : "\(path)/\(rest)"
    case .action(let run, let place, let indices):
      let numbers = ([place] + indices).map(String.init).joined(separator: ".")
      return "/api/callbacks/\(encoded(run))/\(numbers)"
    case .answer(let run): return "/api/callbacks/\(encoded(run))/answer"
    }
  }

  private func encoded(_ text: String) -> String { PercentEncoding.encode(text) }

  /// What the signature of such an address covers.
  package var signature: CallbackSignature {
    switch self {
    case .trigger(_, let name, _): CallbackSignature(trigger: name)
    case .action, .answer: CallbackSignature(permission: text)
    }
  }
}
