import Engine
import Timekeeping

/// Reads the conditions of a filter.
struct FilterParser {
  private var tokens: ArraySlice<FilterToken>
  private var depth = 0

  private static let deepest = 20

  init(_ tokens: [FilterToken]) { self.tokens = tokens[...] }

  /// - Throws: `Problem` 400 that says what is expected.
  mutating func parse() throws(Problem) -> RunFilter {
    let filter = try alternatives()
    if let rest = tokens.first { throw .filter("\(Self.shown(rest)) comes unexpectedly") }
    return filter
  }

  private mutating func alternatives() throws(Problem) -> RunFilter {
    var filter = try conditions()
    while take("or") {
      guard let joined = filter.or(try conditions()) else {
        throw .filter("'or' may only join conditions on 'status'")
      }
      filter = joined
    }
    return filter
  }

  private mutating func conditions() throws(Problem) -> RunFilter {
    var filter = try condition()
    while take("and") { filter = filter.and(try condition()) }
    return filter
  }

  private mutating func condition() throws(Problem) -> RunFilter {
    if tokens.first == .open {
      tokens.removeFirst()
      depth += 1
      guard depth <= Self.deepest else { throw .filter("it is nested too deeply") }
      let inner = try alternatives()
      guard tokens.popFirst() == .close else { throw .filter("a parenthesis is not closed") }
      depth -= 1
      return inner
    }
    guard case .word(let field)? = tokens.popFirst() else {
      throw .filter("a condition on 'status' or 'startTime' is missing")
    }
    guard case .word(let comparison)? = tokens.popFirst() else {
      throw .filter("'\(field)' needs a comparison")
    }
    switch field.lowercased() {
    case "status": return try status(comparison.lowercased())
    case "starttime": return try time(comparison.lowercased())
    default: throw .filter("there is no field '\(field)'; there are 'status' and 'startTime'")
    }
  }

  private mutating func status(_ comparison: String) throws(Problem) -> RunFilter {
    guard case .text(let name)? = tokens.popFirst() else {
      throw .filter("a status is written in quotes")
    }
    let names = RunStatus.allCases.map(\.rawValue).joined(separator: ", ")
    guard
      let status = RunStatus.allCases.first(where: {
        $0.rawValue.lowercased() == name.lowercased()
      })
    else { throw .filter("there is no status '\(name)'; there are \(names)") }
    var filter = RunFilter()
    switch comparison {
    case "eq": filter.statuses = [status]
    case "ne": filter.statuses = Set(RunStatus.allCases).subtracting([status])
    default: throw .filter("'status' is compared by 'eq' or 'ne'")
    }
    return filter
  }

  private mutating func time(_ comparison: String) throws(Problem) -> RunFilter {
    let text: String
    switch tokens.popFirst() {
    case .word(let word): text = word
    case .text(let quoted): text = quoted
    default: throw .filter("'startTime' is compared with a time")
    }
    guard let time = Timestamp(iso8601: text) else { throw .filter("'\(text)' is no time") }
    let next = time + Duration(ticks: 1)
    var filter = RunFilter()
    switch comparison {
    case "ge": filter.since = time
    case "gt": filter.since = next
    case "lt": filter.until = time
    case "le": filter.until = next
    case "eq":
      filter.since = time
      filter.until = next
    default: throw .filter("'startTime' is compared by 'ge', 'gt', 'le', 'lt' or 'eq'")
    }
    return filter
  }

  private mutating func take(_ word: String) -> Bool {
    guard case .word(let found)? = tokens.first, found.lowercased() == word else { return false }
    tokens.removeFirst()
    return true
  }

  private static func shown(_ token: FilterToken) -> String {
    switch token {
    case .word(let word): "'\(word)'"
    case .text(let text): "'\(text)'"
    case .open: "'('"
    case .close: "')'"
    }
  }
}
