import HTTPMessages
import Testing

struct RouterTests {
  private let router: Router<String> = {
    var router = Router<String>()
    router.add("GET", "/runs", "list")
    router.add("GET", "/runs/{id}", "show")
    router.add("DELETE", "/runs/{id}", "delete")
    router.add("GET", "/runs/latest", "latest")
    router.add("POST", "/identities/{id}/:issueAccessToken", "issue")
    router.add("GET", "/", "home")
    return router
  }()

  private func found(_ method: String, _ target: String) -> String {
    switch router.match(method, target) {
    case .found(let route, let parameters):
      parameters.isEmpty
        ? route : "\(route) " + parameters.map { "\($0)=\($1)" }.sorted().joined(separator: ",")
    case .methodNotAllowed(let allowed): "allow " + allowed.joined(separator: ",")
    case .notFound: "none"
    }
  }

  @Test(
    arguments: [
      ("GET", "/", "home"), ("GET", "/runs?limit=1", "list"),
      ("GET", "/runs/8%3Aacs", "show id=8:acs"),
      ("HEAD", "/runs/7", "show id=7"), ("DELETE", "/runs/7", "delete id=7"),
      ("GET", "/runs/latest", "latest"), ("DELETE", "/runs/latest", "delete id=latest"),
      ("POST", "/identities/8:acs:x/:issueAccessToken?api-version=1", "issue id=8:acs:x"),
      ("POST", "/runs", "allow GET,HEAD"), ("PUT", "/runs/7", "allow DELETE,GET,HEAD"),
      ("POST", "/identities/x/:issue", "none"), ("GET", "/runs/", "none"),
      ("GET", "/runs/7/", "none"),
      ("GET", "//runs", "none"), ("GET", "", "home"), ("GET", "/Runs", "none"),
    ]
  )
  func `finds what fits`(_ method: String, _ target: String, _ expected: String) {
    #expect(found(method, target) == expected)
  }
}
