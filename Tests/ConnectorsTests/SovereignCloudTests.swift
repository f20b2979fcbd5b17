import Connectors
import Testing

struct SovereignCloudTests {
  private static let cases: [(String, SovereignCloud?)] = [
    ("endpoint=https://contoso.communication.azure.us/;accesskey=AAAA", .government),
    ("https://contoso.communication.azure.us", .government),
    ("endpoint=https://contoso.communication.azure.cn/;accesskey=AAAA", .china),
    ("endpoint=https://contoso.communication.azure.com/;accesskey=AAAA", nil),
    ("https://contoso.unitedstates.communication.azure.com", nil), ("azure.us", nil),
  ]

  @Test(arguments: cases)
  func `an endpoint in a cloud of its own is told apart`(
    _ value: String,
    _ cloud: SovereignCloud?
  ) {
    #expect(SovereignCloud(of: ConnectionValues(values: ["api_key": value])) == cloud)
  }
}
