internal import Diagnostics
internal import OrderedJSON

/// Reads `failures` and `idempotencyItems` of `runtime.json`.
///
/// Source: definitions/README.md.
enum ItemRulesDecoder {
  static func failures(
    _ value: JSON?,
    of connector: Connector,
    _ file: inout DefinitionFile
  ) -> [String: ItemFailureRule] {
    decode(value, "failures", of: connector, &file) { rule, place, file in
      let known = ["items", "member", "expected", "code", "name", "message"]
      file.reportUnknownMembers(of: rule, among: known, at: place)
      guard let items = pointer(rule["items"]), let member = rule["member"]?.stringValue,
        let expected = rule["expected"]?.arrayValue, !expected.isEmpty,
        let code = rule["code"]?.stringValue
      else {
        file.reportDefect(
          "a failure needs 'items', 'member', 'expected' and 'code'",
          hint: "write {\"items\": \"body/value/*\", \"member\": \"successful\", "
            + "\"expected\": [true], \"code\": \"ItemFailed\"}",
          at: place
        )
        return nil
      }
      return ItemFailureRule(
        items: items,
        member: member,
        expected: expected,
        code: code,
        name: rule["name"]?.stringValue,
        message: rule["message"]?.stringValue
      )
    }
  }

  static func keys(
    _ value: JSON?,
    of connector: Connector,
    _ file: inout DefinitionFile
  ) -> [String: IdempotentItems] {
    decode(value, "idempotencyItems", of: connector, &file) { rule, place, file in
      file.reportUnknownMembers(of: rule, among: ["items", "key", "firstSent"], at: place)
      guard let items = pointer(rule["items"]), items.tokens.first == "body",
        let key = rule["key"]?.stringValue
      else {
        file.reportDefect(
          "the keys of items need 'items' below 'body' and 'key'",
          hint: "write {\"items\": \"body/recipients/*\", \"key\": \"requestId\"}",
          at: place
        )
        return nil
      }
      return IdempotentItems(
        items: items,
        key: key,
        firstSent: rule["firstSent"]?.stringValue
      )
    }
  }

  /// The rules by operationId; one with a defect is left out.
  private static func decode<Rule>(
    _ value: JSON?,
    _ member: String,
    of connector: Connector,
    _ file: inout DefinitionFile,
    _ rule: (JSON, [String], inout DefinitionFile) -> Rule?
  ) -> [String: Rule] {
    var rules: [String: Rule] = [:]
    for entry in value?.objectValue?.members ?? [] {
      let place = [member, entry.key]
      guard let operation = connector.operation(entry.key) else {
        let ids = connector.operations.map(\.id)
        file.reportUnknownName(entry.key, "the connector has no operation", among: ids, at: place)
        continue
      }
      rules[operation.id] = rule(entry.value, place, &file)
    }
    return rules
  }

  private static func pointer(_ value: JSON?) -> JSONPointer? {
    (value?.stringValue).flatMap { JSONPointer(text: $0.hasPrefix("/") ? $0 : "/" + $0) }
  }
}
