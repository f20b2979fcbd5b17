internal import HTTPMessages
internal import OrderedJSON
internal import Timekeeping

/// What `/_sandbox` shows to a browser, and the tree of resources behind it.
struct SandboxPages: Sendable {
  static let path = "/_sandbox"

  let resources: ResourceDirectory
  let services: [any SandboxService]
  let subscription: String
  let step: Duration

  /// The answer to a request for one of these paths; `nil` for any other.
  func answer(_ request: HTTPRequest, at now: Timestamp) -> HTTPResponse? {
    guard request.method == "GET" || request.method == "HEAD" else { return nil }
    switch request.path {
    case "/": return accepts("text/html", request) ? redirect : nil
    case Self.path, Self.path + "/": return index(request, now)
    case Self.path + "/page.css": return page("text/css", PackageResources.sandbox_css)
    case Self.path + "/page.js": return page("text/javascript", PackageResources.sandbox_js)
    case Self.path + "/resources": return .json(200, inventory(now).json)
    default: return nil
    }
  }

  /// Whoever opens the endpoint in a browser wants to look into the sandbox.
  private var redirect: HTTPResponse {
    HTTPResponse(status: 302, headers: ["Location": Self.path])
  }

  private func accepts(_ type: String, _ request: HTTPRequest) -> Bool {
    request.headers["Accept"]?.contains(type) == true
  }

  /// A page for browsers; for programs the tree and where the rest is.
  private func index(_ request: HTTPRequest, _ now: Timestamp) -> HTTPResponse {
    guard accepts("text/html", request) else {
      let links = ["mail", "sms", "requests", "faults"].map {
        ($0, JSON.string(AdminService.pathPrefix + $0))
      }
      return .json(200, ["resources": inventory(now).json, "links": .object(JSONObject(links))])
    }
    return page("text/html", PackageResources.sandbox_html)
  }

  private func page(_ type: String, _ bytes: [UInt8]) -> HTTPResponse {
    var headers = HTTPFields.security(isSecure: false)
    headers["Content-Type"] = "\(type); charset=utf-8"
    // Mails are shown as text; nothing in them may run or be fetched.
    headers["Content-Security-Policy"] =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
      + "frame-ancestors 'none'"
    return HTTPResponse(status: 200, headers: headers, body: bytes)
  }

  private func inventory(_ now: Timestamp) -> InventoryNode {
    let content = resources.content.change { content in
      content.settle(at: now, step: step)
      return content
    }
    return ResourceInventory(content: content, subscription: subscription) { resource in
      services.flatMap { $0.inventory(of: resource, at: now) }
    }.root
  }
}
