internal import OrderedJSON

/// The numbers that somebody wants: their kind, and what they are used for.
struct NumberOrder: Codable, Hashable, Sendable {
  let country: String
  let type: NumberType
  let assignment: NumberAssignment
  var capabilities: NumberCapabilities

  /// Reads the members that searches have.
  ///
  /// - Throws: 400 for a missing or unknown value, or a combination that is not offered.
  init(_ body: JSONObject, in country: NumberCountry) throws(Problem) {
    let capabilities = body["capabilities"]?.objectValue ?? JSONObject()
    try self.init(
      country: country,
      type: try Self.word("phoneNumberType", in: body),
      assignment: try Self.word("assignmentType", in: body),
      capabilities: NumberCapabilities(
        calling: try Self.word("calling", in: capabilities),
        sms: try Self.word("sms", in: capabilities)
      )
    )
  }

  /// - Throws: 400 for a combination that is not offered.
  init(
    country: NumberCountry,
    type: NumberType,
    assignment: NumberAssignment,
    capabilities: NumberCapabilities
  ) throws(Problem) {
    self.country = country.code
    self.type = type
    self.assignment = assignment
    self.capabilities = capabilities
    let fitting = country.offerings.filter { $0.type == type && $0.assignment == assignment }
    guard !fitting.isEmpty else {
      throw .badRequest(
        "Numbers of type '\(type.rawValue)' are not offered for '\(assignment.rawValue)' in "
          + "\(country.code)."
      )
    }
    guard fitting.contains(where: { $0.capabilities.covers(capabilities) }) else {
      throw .badRequest(
        "Numbers of type '\(type.rawValue)' in \(country.code) do not offer these capabilities: "
          + "calling '\(capabilities.calling.rawValue)', sms '\(capabilities.sms.rawValue)'."
      )
    }
  }

  var cost: NumberCost { NumberCost(of: type) }

  /// A required word of a list.
  static func word<Word: CaseIterable & RawRepresentable<String>>(
    _ member: String,
    in object: JSONObject
  ) throws(Problem) -> Word {
    if let word = try optionalWord(member, in: object, of: Word.self) { return word }
    throw .badRequest("\(member): is required. Known: \(names(of: Word.self)).")
  }

  /// A word of a list; `nil` when the member is absent or null.
  static func optionalWord<Word: CaseIterable & RawRepresentable<String>>(
    _ member: String,
    in object: JSONObject,
    of words: Word.Type
  ) throws(Problem) -> Word? {
    guard let value = object[member], !value.isNull else { return nil }
    let text = value.stringValue?.lowercased()
    guard let word = Word.allCases.first(where: { $0.rawValue.lowercased() == text }) else {
      throw .badRequest("\(member): must be one of \(names(of: words)).")
    }
    return word
  }

  private static func names<Word: CaseIterable & RawRepresentable<String>>(of words: Word.Type)
    -> String
  {
    words.allCases.map(\.rawValue).joined(separator: ", ")
  }
}
