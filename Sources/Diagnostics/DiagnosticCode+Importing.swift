extension DiagnosticCode {
  package static let importing: [DiagnosticCode] = [
    refusedArchive, nothingToImport, notCarriedOver, alreadyThere,
  ]

  package static let refusedArchive = DiagnosticCode(
    "I0001",
    "The archive cannot be read",
    """
    A zip archive is damaged, or it has what no export has: names that lead out of the folder, the \
    same name twice, encrypted files, or far more content than its size tells.
    """,
    remedy: """
      Export the flow again; where the archive comes from somebody else, ask how it was made.
      """,
    example: .shown(
      #"""
      $ weir flow import export.zip
      error: 'export.zip' has the name '../evil.json', which leads out of the folder [I0001]
      """#
    )
  )

  package static let nothingToImport = DiagnosticCode(
    "I0002",
    "There is no flow in the file",
    """
    'weir flow import' reads exports of Power Automate (zip), ARM templates with a resource of type \
    Microsoft.Logic/workflows, and folders or zip files of Logic Apps Standard projects. The file is none \
    of these.
    """,
    remedy: """
      Name one of these. A flow file itself needs no import: copy it to 'flows'.
      """,
    example: .shown(
      #"""
      $ weir flow import photos.zip
      error: 'photos.zip' holds no flow [I0002]
      """#
    )
  )

  package static let notCarriedOver = DiagnosticCode(
    "I0003",
    "A part of the import could not be carried over",
    """
    The flow was written, and something that belongs to it was not, because it has no equivalent here \
    or its value is not in the file, such as secrets.
    """,
    remedy: """
      The message says what is missing, and its hint how to add it.
      """,
    example: .shown(
      #"""
      warning: the password of the connection 'sql' is not in the export [I0003]
      """#
    )
  )

  package static let alreadyThere = DiagnosticCode(
    "I0004",
    "A file is already there",
    """
    Nothing was written, because a file of the same name exists and would be lost.
    """,
    remedy: """
      Move the file away, or name another folder.
      """,
    example: .shown(
      #"""
      $ weir init demo
      error: 'demo/flows/hello.json' is already there [I0004]
      """#
    )
  )
}
