extension DiagnosticCode {
  package static let json: [DiagnosticCode] = [
    invalidJSON, repairedJSON, unreadableFile, duplicateMember,
  ]

  package static let invalidJSON = DiagnosticCode(
    "J0001",
    "The file is not valid JSON",
    """
    The text breaks the rules of JSON (RFC 8259) at the place shown.
    """,
    remedy: """
      Common causes are a missing or extra comma, a missing quote, a comment, or a number such as 01 \
      or .5. Fix the places shown. All defects of a text are reported, and the parts of a flow that \
      can be read are checked all the same; what depends on the others is checked once they can be \
      read, too.
      """,
    example: .flow(
      #"""
      {"definition": {"triggers": {"manual": {"type": "Request"}}, "actions": {},}}
      """#
    )
  )

  package static let repairedJSON = DiagnosticCode(
    "J0002",
    "A defect of a published definition was mended while reading",
    """
    Published connector definitions sometimes hold a trailing comma, a raw control character or \
    bytes in another encoding. Weir reads them anyway and says what it mended.
    """,
    remedy: """
      Fix the file to make the warning disappear.
      """,
    example: .shown(
      #"""
      definitions/shop/apiDefinition.swagger.json:3:31: warning: ignored a comma before a closing bracket [J0002]
          "swagger": "2.0", "paths": {},}
      """#
    )
  )

  package static let unreadableFile = DiagnosticCode(
    "J0003",
    "The file cannot be read",
    """
    The file does not exist, is a folder, or may not be read by this user.
    """,
    remedy: """
      Check the path and its permissions.
      """,
    example: .shown(
      #"""
      $ weir flow validate flows/onbord.json
      error: 'flows/onbord.json' does not exist [J0003]
      """#
    )
  )

  package static let duplicateMember = DiagnosticCode(
    "J0004",
    "An object has two members of one name",
    """
    The earlier one has no effect: readers of JSON keep only the last. Of two actions of one name, \
    for example, only one would run.
    """,
    remedy: """
      Give each member a name of its own, or remove the one that is not wanted.
      """,
    example: .flow(
      #"""
      {"triggers": {"manual": {"type": "Request"}},
       "actions": {"A": {"type": "Compose", "inputs": 1, "inputs": 2}}}
      """#
    )
  )
}
