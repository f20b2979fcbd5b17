import Connectors
import Definitions
import Fixtures
import Testing

struct ReferencePageTests {
  @Test(arguments: [
    "# Azure Communication Services Identity",
    "| Logic Apps | Standard | All Logic Apps regions except the following:<br>- Azure Government",
    "| Power Automate | Premium | All Power Automate regions except the following:<br>- US Gov",
    "| Power Apps | Premium | All Power Apps regions except the following:<br>- US Government (GCC)",
    "| Name | Microsoft |", "| Email | acssolutions@microsoft.com |",
    "| URL | https://azure.microsoft.com/services/communication-services |",
    "| Publisher | Microsoft |", "| Privacy policy | https://privacy.microsoft.com |",
    "| Website | https://azure.microsoft.com/services/communication-services |",
    "| Categories | Communication |",
    "| Default | Parameters for creating connection. | All regions | Not shareable |",
    "This is not shareable connection.",
    "| Connection String | securestring | Azure Communication Services Connection String. | True |",
    "| API calls per connection | 100 | 60 seconds |",
    "| [Create a user](#create-a-user) | Create a new user, and optionally, an access token. |",
    "| [Revoke user access tokens](#revoke-user-access-tokens) | Revoke all access tokens for",
    "Operation ID: `IssueIdentityAccessToken`",
    "| User ID | identityId | True | string | Azure Communication Services user ID. |",
    "| Token Scopes | createTokenWithScopes |  | array of string |",
    "| Token Scopes | scopes | True | array of string |",
    "| Token Lifetime | expiresInMinutes |  | integer |",
    "| User ID | identity.id | string |",
    "| accessToken | accessToken | [accessToken](#accesstoken) |  |",
    "| Body |  | [accessToken](#accesstoken) |  |", "### accessToken",
    "| Access Token | token | string |", "| Token Expiry | expiresOn | date-time |",
  ])
  func `the page of the identity connector has every row`(row: String) throws {
    let page = ReferencePage.markdown(
      for: try SampleConnector.shipped("azure-communication-identity")
    )
    #expect(page.contains(row))
    #expect(!page.contains("api-version"))
  }

  @Test func `cells stay in their table and internal operations are left out`() throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/a": {"get": {"operationId": "Old", "summary": "B", "deprecated": true,
            "description": "one|two\\nthree", "responses": {"200": {"schema": {"type": "array",
            "items": {"properties": {"id": {"type": "string", "format": "uuid"}}}}}}},
          "post": {"operationId": "Hidden", "x-ms-visibility": "internal"},
          "put": {"operationId": "A", "parameters": [
            {"name": "z", "in": "query", "type": "string", "x-ms-visibility": "advanced"},
            {"name": "y", "in": "query", "type": "string"},
            {"name": "x", "in": "query", "type": "string", "required": true},
            {"name": "w", "in": "query", "type": "string", "x-ms-visibility": "internal"}]}}}
        """
    )
    let page = ReferencePage.markdown(for: connector)
    #expect(page.contains("# Sample (Preview)"))
    #expect(page.contains("| [B [DEPRECATED]](#b-deprecated) | one\\|two<br>three |"))
    #expect(page.contains("| id | id | uuid |  |"))
    #expect(!page.contains("Hidden"))
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| x |") || $0.hasPrefix("| y |") }
    #expect(rows.first?.hasPrefix("| x |") == true)
    #expect(!page.contains("| w |"))
  }

  @Test func `recursive definitions are written once`() throws {
    let connector = try SampleConnector.make(
      paths: """
        {"/a": {"get": {"operationId": "A", "responses": {"200": {"schema":
          {"$ref": "#/definitions/t"}}}}}}
        """,
      extra: """
        "definitions": {"t": {"type": "object", "properties": {"n": {"type": "integer"},
          "up": {"$ref": "#/definitions/t"}, "down": {"type": "array",
          "items": {"$ref": "#/definitions/t"}}}}}
        """
    )
    let page = ReferencePage.markdown(for: connector)
    #expect(page.contains("| down | down | array of t |  |"))
    #expect(page.contains("| up | up | [t](#t) |  |"))
  }
}
