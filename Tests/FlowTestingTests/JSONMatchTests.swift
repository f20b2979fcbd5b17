import FlowTesting
import OrderedJSON
import Testing

/// Values compared with patterns.
@Suite struct JSONMatchTests {
  @Test(arguments: [
    (#"{"a": 1, "b": 2}"#, #"{"a": 1}"#, ""),
    (#"{"a": 1}"#, #"{"a": 1.0}"#, ""),
    (#"{"a": 1}"#, #"{"b": 1}"#, "/b"),
    ("[1, 2]", "[1]", ""),
    (#""text""#, #"{"$contains": "ex"}"#, ""),
    (#"{"$content-type": "a/b", "$content": ""}"#, #"{"$content-type": "a/b"}"#, ""),
    (#"{"a": null}"#, #"{"a": {"$absent": true}}"#, "/a"),
    (#"{}"#, #"{"a": {"$absent": true}}"#, ""),
    (#"{"a": {"b": [{"c": 1}]}}"#, #"{"a": {"b": [{"c": 2}]}}"#, "/a/b/0/c"),
  ])
  func `tells where a value differs`(value: String, pattern: String, path: String) throws {
    let found = JSONMatch.mismatches(try JSON(parsing: value), try JSON(parsing: pattern))
    let expected: [String] = value == "[1, 2]" ? [""] : path.isEmpty ? [] : [path]
    #expect(found.map(\.path.description) == expected)
  }

  @Test func `nothing matches only what is to be absent`() {
    #expect(JSONMatch.mismatches(nil, ["$absent": true]).isEmpty)
    #expect(!JSONMatch.mismatches(nil, nil).isEmpty)
    #expect(!JSONMatch.mismatches(nil, ["$any": true]).isEmpty)
  }
}
