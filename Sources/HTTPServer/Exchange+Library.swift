internal import CMicroHTTPD
internal import Glibc
internal import HTTPMessages

extension Exchange {
  /// Method, target and headers as they stand, and whether no field is broken over lines.
  func readHead(method: UnsafePointer<CChar>, version: UnsafePointer<CChar>?)
    -> (RequestHead, isUnbroken: Bool)
  {
    var reader = FieldReader()
    withUnsafeMutablePointer(to: &reader) { reader in
      _ = MHD_get_connection_values_n(
        connection,
        .HEADER_KIND,
        { context, _, name, nameCount, value, valueCount in
          guard let context, let name else { return .NO }
          context.assumingMemoryBound(to: FieldReader.self).pointee.add(
            FieldReader.Span(start: name, count: nameCount),
            FieldReader.Span(start: value ?? name + nameCount, count: valueCount)
          )
          return .YES
        },
        reader
      )
    }
    // The method is the first thing in the buffer.
    reader.finish(at: method + cmhd_header_size(connection))
    let head = RequestHead(
      method: String(cString: method),
      version: version.map { String(cString: $0) } ?? "",
      target: target,
      headers: HTTPFields(reader.fields)
    )
    return (head, reader.isUnbroken)
  }

  /// The request as it stands; its body is handed over.
  func takeRequest() -> HTTPRequest? {
    guard let head else { return nil }
    let place = head.place
    defer { body = [] }
    return HTTPRequest(
      method: head.method,
      scheme: visitor?.isSecure == true ? "https" : "http",
      authority: place.authority,
      target: place.target,
      headers: head.headers,
      body: body
    )
  }

  /// Hands a response to the library; the connection closes when it is `dropped`.
  func send(_ response: HTTPResponse, _ body: StreamedBody?, closes: Bool) -> MHD_Result {
    guard !response.isDropped else { return .NO }
    guard let message = body.map(Self.message) ?? Self.message(response.body) else { return .NO }
    defer { MHD_destroy_response(message) }
    for field in response.headers.fields where !field.isFraming {
      MHD_add_response_header(message, field.name, field.value)
    }
    if closes { MHD_add_response_header(message, "Connection", "close") }
    return MHD_queue_response(connection, UInt32(response.status), message)
  }

  private static func message(_ body: [UInt8]) -> OpaquePointer? {
    body.withUnsafeBytes { body in
      MHD_create_response_from_buffer(
        body.count,
        UnsafeMutableRawPointer(mutating: body.baseAddress),
        .RESPMEM_MUST_COPY
      )
    }
  }

  /// The exchange keeps the body for as long as the library may read it.
  private static func message(_ body: StreamedBody) -> OpaquePointer? {
    cmhd_streamed_response(
      16 << 10,
      { context, _, buffer, count in
        guard let context, let buffer else { return cmhd_end_with_error() }
        let body = Unmanaged<StreamedBody>.fromOpaque(context).takeUnretainedValue()
        return body.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: count))
      },
      Unmanaged.passUnretained(body).toOpaque()
    )
  }
}

extension HTTPFields.Field {
  /// Whether the library writes this field itself.
  fileprivate var isFraming: Bool {
    name.isSameFieldName(as: "Content-Length") || name.isSameFieldName(as: "Transfer-Encoding")
  }
}
