extension DiagnosticCode {
  package static let json: [DiagnosticCode] = [invalidJSON, repairedJSON, unreadableFile]

  package static let invalidJSON = DiagnosticCode(
    "J0001",
    "The file is not valid JSON",
    """
    The text breaks the rules of JSON (RFC 8259) at the place shown. Common causes are a missing or \
    extra comma, a missing quote, a comment, or a number such as 01 or .5. Fix the place shown and \
    run the command again; only the first defect of a text is reported, because what follows it \
    cannot be read reliably.
    """
  )

  package static let repairedJSON = DiagnosticCode(
    "J0002",
    "A defect of a published definition was mended while reading",
    """
    Published connector definitions sometimes hold a trailing comma, a raw control character or \
    bytes in another encoding. Weir reads them anyway and says what it mended. Fix the file to make \
    the warning disappear.
    """
  )

  package static let unreadableFile = DiagnosticCode(
    "J0003",
    "The file cannot be read",
    """
    The file does not exist, is a folder, or may not be read by this user. Check the path and its \
    permissions.
    """
  )
}
