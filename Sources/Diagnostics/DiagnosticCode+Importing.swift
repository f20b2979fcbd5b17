extension DiagnosticCode {
  package static let importing: [DiagnosticCode] = [
    refusedArchive, nothingToImport, notCarriedOver, alreadyThere,
  ]

  package static let refusedArchive = DiagnosticCode(
    "I0001",
    "The archive cannot be read",
    """
    A zip archive is damaged, or it has what no export has: names that lead out of the folder, the \
    same name twice, encrypted files, or far more content than its size tells. Export the flow \
    again; where the archive comes from somebody else, ask how it was made.
    """
  )

  package static let nothingToImport = DiagnosticCode(
    "I0002",
    "There is no flow in the file",
    """
    'weir flow import' reads exports of Power Automate (zip), ARM templates with a resource of type \
    Microsoft.Logic/workflows, and folders or zip files of Logic Apps Standard projects.
    """
  )

  package static let notCarriedOver = DiagnosticCode(
    "I0003",
    "A part of the import could not be carried over",
    """
    The flow was written, and something that belongs to it was not, because it has no equivalent \
    here or its value is not in the file, such as secrets. The message says what, and the hint what \
    to do about it.
    """
  )

  package static let alreadyThere = DiagnosticCode(
    "I0004",
    "A file is already there",
    """
    Nothing was written, because a file of the same name exists and would be lost. Move it away, or \
    name another folder.
    """
  )
}
