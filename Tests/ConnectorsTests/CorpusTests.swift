import Connectors
import Definitions
import Diagnostics
import HTTPMessages
import OrderedJSON
import Testing

/// Runs over the published connectors of the reference corpus, where this machine has them.
struct CorpusTests {
  @Test func `every readable definition loads, any other is refused at its place`() throws {
    for files in try CorpusFolder.all() {
      let (connector, diagnostics) = ConnectorDecoder.validate(files)
      #expect(diagnostics.allSatisfy { $0.location != nil }, "\(files.name)")
      guard connector == nil else { continue }
      let cause = diagnostics.first { $0.severity == .error }
      #expect(cause?.code == .invalidJSON, "\(files.name): \(diagnostics)")
      #expect((cause?.location?.line ?? 0) > 0)
    }
  }

  @Test func `nearly every operation without a script is executable`() throws {
    var total = 0
    var executable = 0
    for files in try CorpusFolder.all() {
      guard let connector = ConnectorDecoder.decode(files).connector else { continue }
      for operation in connector.operations where !connector.isScripted(operation) {
        total += 1
        if Executability.obstacle(to: operation, of: connector) == nil { executable += 1 }
      }
    }
    #expect(Double(executable) >= Double(total) * 0.95, "\(executable) of \(total)")
  }

  @Test(arguments: GeneratedInputs.Extent.allCases)
  func `the request of every operation is what its definition says`(
    _ extent: GeneratedInputs.Extent
  ) throws {
    for files in try CorpusFolder.all() {
      guard let connector = ConnectorDecoder.decode(files).connector else { continue }
      for operation in connector.operations { check(operation, of: connector, extent) }
    }
  }

  private func check(
    _ operation: ConnectorOperation,
    of connector: Connector,
    _ extent: GeneratedInputs.Extent
  ) {
    let generated = Self.generated(operation, connector, extent)
    let name = "\(connector.name) \(operation.id)"
    do throws(Diagnostic) {
      let builder = RequestBuilder(connector: connector, operation: operation)
      let request = try builder.draft(for: .named(generated.inputs)).request
      let checker = RequestChecker(
        root: connector.document,
        method: operation.method,
        template: operation.path.text,
        inputs: generated.inputs,
        parameters: generated.parameters
      )
      #expect(checker.defects(of: request) == [], "\(name)")
      let other = try builder.draft(for: .named(generated.flattened)).request
      #expect(other.url == request.url && other.headers == request.headers, "\(name)")
      #expect(Self.isSameBody(other, request), "\(name)")
    } catch {
      Issue.record("\(name): \(error)")
    }
  }

  private static func isSameBody(_ left: HTTPRequest, _ right: HTTPRequest) -> Bool {
    if left.body == right.body { return true }
    guard let left = try? JSON(parsing: left.body) else { return false }
    return left == (try? JSON(parsing: right.body))
  }

  private static func generated(
    _ operation: ConnectorOperation,
    _ connector: Connector,
    _ extent: GeneratedInputs.Extent = .everything
  ) -> GeneratedInputs {
    GeneratedInputs(
      root: connector.document,
      item: connector.document["paths"]?[operation.path.text] ?? .null,
      operation: .object(operation.definition),
      extent: extent
    )
  }

  @Test func `every executable operation makes a call with its policies`() throws {
    for files in try CorpusFolder.all() {
      guard let connector = ConnectorDecoder.decode(files).connector else { continue }
      let connection = Self.connection(for: connector)
      for operation in connector.operations
      where Executability.obstacle(to: operation, of: connector) == nil {
        let generated = Self.generated(operation, connector)
        do throws(Diagnostic) {
          let call = ConnectorCall(connector: connector, operation: operation)
          _ = try call.step(inputs: .named(generated.inputs), connection: connection)
        } catch {
          // Made-up text is no host name, and made-up bodies miss what policies look for.
          #expect(
            [.policyFailure, .hostNotAllowed].contains(error.code),
            "\(connector.name) \(operation.id): \(error)"
          )
        }
      }
    }
  }

  private static func connection(for connector: Connector) -> ConnectionValues {
    let set = connector.parameterSets.first
    var values: [String: String] = [:]
    for parameter in set?.parameters ?? [] { values[parameter.key] = "value.example" }
    return ConnectionValues(values: values, token: "token")
  }

  @Test func `every reference page can be written`() throws {
    for files in try CorpusFolder.all() {
      guard let connector = ConnectorDecoder.decode(files).connector else { continue }
      let page = ReferencePage.markdown(for: connector)
      #expect(page.hasPrefix("# "))
    }
  }
}
