import HTTPMessages
import OrderedJSON
import Synchronization
import Testing

@testable import weir_simulate

@Suite struct SimulatedSubscribersTests {
  private static func request(_ path: String) throws -> HTTPRequest {
    let url = "https://\(SimulatedSubscribers.host)/\(path)"
    var request = try #require(HTTPRequest(method: "POST", url: url))
    request.body = JSON.object(["url": "https://weir.example/1"]).bytes
    return request
  }

  @Test(arguments: [(400, 0), (404, 0), (408, 1), (429, 1), (500, 1), (503, 1)])
  func `only who refuses for good to end a subscription answers for it`(
    status: Int,
    count: Int
  ) throws {
    let problem = Mutex<HTTPResponse?>(nil)
    let service = SimulatedSubscribers { problem.withLock { $0 } }
    #expect(service.answer(try Self.request("subscribe")).status == 201)
    problem.withLock { $0 = HTTPResponse(status: status) }
    #expect(service.answer(try Self.request("unsubscribe")).status == status)
    #expect(service.addresses.count == count)
  }
}
