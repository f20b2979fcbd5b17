import Diagnostics
import HTTPMessages
import OrderedJSON

/// Problems in the form that code hosts and editors read.
///
/// Source: OASIS, Static Analysis Results Interchange Format (SARIF) version 2.1.0.
enum SARIF {
  static func document(_ diagnostics: [Diagnostic]) -> JSON {
    var rules: [DiagnosticCode] = []
    var numbers: [DiagnosticCode: Int] = [:]
    for diagnostic in diagnostics where numbers[diagnostic.code] == nil {
      numbers[diagnostic.code] = rules.count
      rules.append(diagnostic.code)
    }
    return [
      "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0",
      "runs": [
        [
          "tool": [
            "driver": [
              "name": "weir", "version": .string(Version.current),
              "rules": .array(rules.map(rule)),
            ]
          ], "columnKind": "unicodeCodePoints",
          "results": .array(diagnostics.map { result($0, numbers[$0.code] ?? 0) }),
        ]
      ],
    ]
  }

  private static func rule(_ code: DiagnosticCode) -> JSON {
    [
      "id": .string(code.id), "shortDescription": ["text": .string(code.title)],
      "fullDescription": ["text": .string(code.explanation)],
      "help": ["text": .string(code.remedy)],
    ]
  }

  private static func result(_ diagnostic: Diagnostic, _ rule: Int) -> JSON {
    let text = [diagnostic.message, diagnostic.hint].compactMap(\.self).joined(separator: "; ")
    var result: JSONObject = [
      "ruleId": .string(diagnostic.code.id), "ruleIndex": .integer(Int64(rule)),
      "level": .string(diagnostic.severity.rawValue), "message": ["text": .string(text)],
    ]
    if let location = diagnostic.location {
      result["locations"] = [place(location, diagnostic.pointer)]
    }
    return .object(result)
  }

  private static func place(_ location: SourceLocation, _ pointer: String?) -> JSON {
    var physical: JSONObject = ["artifactLocation": ["uri": .string(uri(location.file))]]
    if location.line > 0 { physical["region"] = region(location) }
    var place: JSONObject = ["physicalLocation": .object(physical)]
    if let pointer { place["logicalLocations"] = [["fullyQualifiedName": .string(pointer)]] }
    return .object(place)
  }

  private static func region(_ location: SourceLocation) -> JSON {
    var region: JSONObject = ["startLine": .integer(Int64(location.line))]
    if location.column > 0 {
      region["startColumn"] = .integer(Int64(location.column))
      region["endColumn"] = .integer(Int64(location.column + max(location.length, 1)))
    }
    return .object(region)
  }

  /// A relative reference; folders of connectors have spaces in their names.
  private static func uri(_ path: String) -> String {
    path.split(separator: "/", omittingEmptySubsequences: false)
      .map { PercentEncoding.encode(String($0)) }.joined(separator: "/")
  }
}
