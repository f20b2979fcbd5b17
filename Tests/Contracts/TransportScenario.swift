package import HTTPMessages
package import Seams
import Testing

/// One promise of `HTTPTransport`, checked on an implementation.
package struct TransportScenario: Sendable, CustomTestStringConvertible {
  /// Makes a transport, and a server that gives one answer to every request; `nil` never answers.
  package typealias Serving =
    @Sendable (HTTPResponse?) async throws -> (transport: any HTTPTransport, authority: String)

  /// The promise as a sentence.
  package let name: String
  /// Checks it with `#expect`.
  package let run: @Sendable (Serving) async throws -> Void

  package var testDescription: String { name }

  /// Every promise.
  package static let all: [TransportScenario] = [
    TransportScenario(name: "every status is a response, and redirects are not followed") { serve in
      for status in [200, 204, 302, 404, 429, 500, 599] {
        let answer = HTTPResponse(status: status, headers: ["Location": "/elsewhere"])
        let (transport, authority) = try await serve(answer)
        let response = try await transport.send(request(to: authority), limits: .standard)
        #expect(response.status == status)
        #expect(response.headers["location"] == "/elsewhere")
      }
    },
    TransportScenario(name: "a body of exactly the limit is accepted, one byte more is not") {
      serve in
      let body = [UInt8](repeating: 7, count: 1000)
      let (transport, authority) = try await serve(HTTPResponse(status: 200, body: body))
      var limits = TransferLimits.standard
      limits.responseByteCount = 1000
      let response = try await transport.send(request(to: authority), limits: limits)
      #expect(response.body == body)
      limits.responseByteCount = 999
      let kind = await failureKind(of: request(to: authority), on: transport, limits)
      #expect(kind == .tooLarge)
    },
    TransportScenario(name: "silence ends in a timeout, which is transient") { serve in
      let (transport, authority) = try await serve(nil)
      var limits = TransferLimits.standard
      limits.totalTimeout = .milliseconds(40)
      let kind = await failureKind(of: request(to: authority), on: transport, limits)
      #expect(kind == .timeout)
    },
    TransportScenario(name: "a cancelled task gets no response") { serve in
      let (transport, authority) = try await serve(nil)
      let kinds = await withTaskGroup { group in
        for _ in 0..<3 {
          group.addTask { await failureKind(of: request(to: authority), on: transport, .standard) }
        }
        group.cancelAll()
        return await group.reduce(into: []) { $0.append($1) }
      }
      #expect(kinds == [.cancelled, .cancelled, .cancelled])
    },
  ]

  private static func request(to authority: String) -> HTTPRequest {
    HTTPRequest(method: "GET", scheme: "http", authority: authority, target: "/")
  }

  private static func failureKind(
    of request: HTTPRequest,
    on transport: any HTTPTransport,
    _ limits: TransferLimits
  ) async -> TransportFailure.Kind? {
    do throws(TransportFailure) {
      _ = try await transport.send(request, limits: limits)
      return nil
    } catch {
      return error.kind
    }
  }
}
