import HTTPMessages

/// The dashboard: a page without data, which asks the API as any other client does.
enum PageRoutes {
  static let routes: [Route] = [
    page("/", "Pages_Dashboard", "text/html", PackageResources.index_html),
    page("/weir.css", "Pages_Style", "text/css", PackageResources.weir_css),
    page("/weir.js", "Pages_Script", "text/javascript", PackageResources.weir_js),
    page("/weir.svg", "Pages_Icon", "image/svg+xml", PackageResources.weir_svg),
  ]

  private static func page(_ path: String, _ operation: String, _ type: String, _ bytes: [UInt8])
    -> Route
  {
    let headers: HTTPFields = [
      "Content-Type": "\(type); charset=utf-8",
      "Content-Security-Policy": SecurityHeaders.pagePolicy,
      "Cache-Control": "no-cache",
    ]
    let answer = HTTPResponse(status: 200, headers: headers, body: bytes)
    return Route(
      "GET",
      path,
      operation,
      "A part of the dashboard.",
      .open,
      answers: [.media(type, "The page, or a part of it")]
    ) { _ throws(Problem) in ServiceResponse(answer) }
  }
}
