package import Definitions
package import Diagnostics
package import OrderedJSON
import Runtime

/// The tests of one flow.
package struct TestFile: Sendable {
  package var flow: String
  package var cases: [TestCase]
  package var source: FlowSource
  /// The flow as an exported run had it.
  package var definition: JSON?

  /// Reads a test file; `nil` when it cannot be used, for the reasons in the diagnostics.
  ///
  /// `flow` is tested unless the file names another one; `file` is its path as the user would write
  /// it; `recording` reads a run that was exported, by its path from the test file.
  package static func read(
    flow: String,
    file: String,
    bytes: [UInt8],
    recording: @escaping (String) throws(Diagnostic) -> JSON
  ) -> (file: TestFile?, diagnostics: [Diagnostic]) {
    let text = SourceText(file: file, bytes: bytes)
    let document: JSONDocument
    do throws(JSONParseError) { document = try JSONDocument(bytes) } catch {
      return (nil, FlowReader.problems(of: text, error))
    }
    let source = FlowSource(text: text, document: document)
    if document.value["format"]?.stringValue == RunExport.format {
      return recorded(document.value, source)
    }
    var decoder = TestDecoder(source: source, recording: recording)
    let cases = decoder.cases()
    let isUsable = !decoder.problems.contains { $0.severity == .error }
    let name = document.value["flow"]?.stringValue ?? flow
    return (
      isUsable ? TestFile(flow: name, cases: cases, source: source) : nil, decoder.problems
    )
  }

  /// A run that was exported is the test that its flow still does the same.
  private static func recorded(_ document: JSON, _ source: FlowSource)
    -> (file: TestFile?, diagnostics: [Diagnostic])
  {
    guard let run = RecordedRun(document) else {
      let problem = Diagnostic(
        .unreadableExport,
        "this is no exported run",
        hint: "'weir run export RUN' writes one",
        location: source.location(of: JSONPointer())
      )
      return (nil, [problem])
    }
    // What is expected has no place in the file; its parts are shown by name.
    var testCase = run.testCase()
    testCase.place = JSONPointer()
    var file = TestFile(flow: run.flow, cases: [testCase], source: source)
    file.definition = document["plan"]
    return (file, [])
  }
}
