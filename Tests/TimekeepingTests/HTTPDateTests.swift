import Testing
import Timekeeping

@Suite struct HTTPDateTests {
  private let instant = Timestamp(seconds: 784_111_777)

  @Test func `dates print in the preferred form`() {
    #expect(HTTPDate.text(instant) == "Sun, 06 Nov 1994 08:49:37 GMT")
  }

  @Test(arguments: [
    "Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
  ])
  func `all three forms are read`(text: String) {
    #expect(HTTPDate.timestamp(text) == instant)
  }

  @Test func `a leap second is the start of the next minute`() {
    let time = HTTPDate.timestamp("Sat, 31 Dec 2016 23:59:60 GMT")
    #expect(time?.description == "2017-01-01T00:00:00.0000000Z")
  }

  @Test(arguments: [
    "", "120", "Sun, 06 Nov 1994 08:49:37", "Sun, 31 Feb 1994 08:49:37 GMT",
    "Sun, 06 Nov 1994 24:00:00 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
    "Sun, +6 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET",
    "Sun, 06 Nov 99999999999999999999 08:49:37 GMT",
  ])
  func `other texts are none`(text: String) {
    #expect(HTTPDate.timestamp(text) == nil)
  }
}
