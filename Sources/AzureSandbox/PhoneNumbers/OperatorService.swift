internal import HTTPMessages
internal import OrderedJSON

/// Tells what kind of numbers given ones are.
final class OperatorService: SandboxService {
  let versions = ["2024-03-01-preview", "2025-02-11", "2025-04-01", "2025-06-01"]

  var operations: [SandboxOperation] {
    [
      SandboxOperation("POST", "/operatorInformation/:search") { call throws(Problem) in
        let body = try call.numberBody()
        let numbers = body["phoneNumbers"]?.arrayValue?.compactMap(\.stringValue) ?? []
        guard !numbers.isEmpty, numbers.allSatisfy(E164.isNumber) else {
          throw .badRequest("phoneNumbers: must be a list of numbers such as +14255550123.")
        }
        let wantsOperator = body["options"]?["includeAdditionalOperatorDetails"]?.boolValue == true
        return .json(
          200,
          ["values": .array(numbers.map { Self.describe($0, wantsOperator) })]
        )
      }
    ]
  }

  private static func describe(_ number: String, _ wantsOperator: Bool) -> JSON {
    var object: JSONObject = ["phoneNumber": .string(number)]
    let country = NumberCountry.all.first { number.hasPrefix("+" + $0.callingCode) }
    guard let country else {
      object["numberType"] = "unknown"
      return .object(object)
    }
    let national = String(number.dropFirst(1 + country.callingCode.count))
    object["nationalFormat"] = .string(national)
    object["internationalFormat"] = .string("+\(country.callingCode) \(national)")
    guard wantsOperator else { return .object(object) }
    let isPlace = country.type(of: number) == .geographic
    object["isoCountryCode"] = .string(country.code)
    object["numberType"] = isPlace ? "geographic" : "other"
    object["operatorDetails"] = ["name": "Sandbox"]
    return .object(object)
  }
}
