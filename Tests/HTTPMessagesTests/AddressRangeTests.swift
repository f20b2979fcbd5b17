import HTTPMessages
import Testing

struct AddressRangeTests {
  @Test(
    arguments: [
      ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false),
      ("192.168.4.0/22", "192.168.7.255", true), ("192.168.4.0/22", "192.168.8.0", false),
      ("0.0.0.0/0", "203.0.113.7", true), ("0.0.0.0/0", "::1", false),
      ("127.0.0.1", "127.0.0.1", true), ("127.0.0.1", "127.0.0.2", false),
      ("127.0.0.1", "::ffff:127.0.0.1", true), ("fd00::/8", "fdab::1", true),
      ("fd00::/8", "fe80::1", false), ("2001:db8::/33", "2001:db8:7fff::", true),
      ("2001:db8::/33", "2001:db8:8000::", false), ("::1/128", "::1", true),
    ]
  )
  func `an address is in a range or not`(_ range: String, _ host: String, _ expected: Bool) throws {
    let list = AddressList([try #require(AddressRange(range))])
    #expect(list.contains(host) == expected)
  }

  @Test(
    arguments: [
      "", "/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/", "10.0.0/8", "::/129",
      "[::1]", "localhost", "10.0.0.0/8/8", "10.0.0.0/ 8", "fe80::1%eth0", "010.0.0.1",
    ]
  )
  func `other text is no range`(_ text: String) {
    #expect(AddressRange(text) == nil)
  }

  @Test(arguments: ["", "localhost", "10.0.0.1:80", "10.0.0.1\0"])
  func `what is no address is in no range`(_ host: String) throws {
    #expect(!AddressList([try #require(AddressRange("0.0.0.0/0"))]).contains(host))
  }

  @Test(arguments: [("127.3.3.3", true), ("::1", true), ("10.0.0.1", false), ("::2", false)])
  func `loopback is known`(_ host: String, _ expected: Bool) throws {
    #expect(try #require(IPAddress(host)).isLoopback == expected)
  }
}
