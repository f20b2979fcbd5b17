import Definitions
import Connectors
import Diagnostics
import Engine
import HTTPMessages
import OrderedJSON
import Seams
import Timekeeping

/// Http actions.
extension HTTPPerformer {
  func http(_ request: ActionRequest) async throws(Diagnostic) -> AttemptResult.Outcome {
    let built = try HTTPActionRequest.request(from: request.inputs)
    let first = poll(PreparedRequest(request: built), at: request.pollLocation).request
    switch try await follow(first) {
    case .success(let response):
      let origin = Origin(run: request.run, pollLocation: request.pollLocation)
      return self.response(response, to: first, origin, ResponseDecoder(), secrets: [])
    case .failure(let failure): return outcome(of: failure)
    }
  }

  /// Sends and follows redirects where that is safe.
  func follow(_ request: HTTPRequest)
    async throws(Diagnostic) -> Result<HTTPResponse, TransportFailure>
  {
    var request = request
    var count = 0
    while true {
      let response: HTTPResponse
      do throws(TransportFailure) {
        response = try await environment.transport.send(request, limits: .standard)
      } catch {
        return .failure(error)
      }
      guard let next = try RedirectRule.next(after: request, response, count: count) else {
        return .success(response)
      }
      request = next.request
      count += 1
    }
  }
}
