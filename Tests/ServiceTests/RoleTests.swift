import Service
import Testing

struct RoleTests {
  @Test func `each role includes those before it`() {
    #expect(Role.allCases.sorted() == [.reader, .operator, .author, .admin])
    #expect(Role.admin >= .author && Role.reader < .operator)
  }
}
