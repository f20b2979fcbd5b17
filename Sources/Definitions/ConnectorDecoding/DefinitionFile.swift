internal import Diagnostics
internal import OrderedJSON

/// A parsed file of a connector folder, with the problems found in it so far.
///
/// Places are looked up only when somebody asks for the diagnostics: most files have none.
struct DefinitionFile {
  let path: String
  let bytes: [UInt8]
  let document: JSONDocument
  private var findings: [(diagnostic: Diagnostic, range: Range<Int>)] = []

  var value: JSON { document.value }

  /// Reads leniently; each repair becomes a warning J0002.
  ///
  /// - Throws: J0001 at the first defect that cannot be mended.
  init(_ file: ConnectorFiles.File) throws(Diagnostic) {
    path = file.path
    bytes = file.bytes
    do throws(JSONParseError) {
      document = try JSONDocument(file.bytes, mode: .lenient, limits: .definition)
    } catch {
      let source = SourceText(file: file.path, bytes: file.bytes)
      throw Diagnostic(
        .invalidJSON,
        error.message,
        hint: error.hint,
        location: source.location(at: error.offset)
      )
    }
    for repair in document.repairs {
      findings.append(
        (
          Diagnostic(.repairedJSON, repair.message, hint: "fix the file", severity: .warning),
          repair.offset..<repair.offset + 1
        )
      )
    }
  }

  /// Notes a problem with the value at these tokens, or with its nearest ancestor.
  mutating func report(
    _ code: DiagnosticCode,
    _ message: String,
    hint: String? = nil,
    severity: Diagnostic.Severity = .warning,
    at tokens: [String] = [],
    onKey: Bool = false
  ) {
    let pointer = JSONPointer(tokens)
    let source = document.source(at: pointer)
    let range = onKey ? source.keyRange ?? source.range : source.range
    findings.append(
      (
        Diagnostic(
          code,
          message,
          hint: hint,
          severity: severity,
          pointer: pointer.description
        ),
        range
      )
    )
  }

  /// Everything noted, with its place, in the order of the file.
  var diagnostics: [Diagnostic] {
    guard !findings.isEmpty else { return [] }
    let source = SourceText(file: path, bytes: bytes)
    let isMinified = bytes.count > Self.longLine && source.location(at: bytes.count).line < 4
    let ordered = findings.enumerated().sorted {
      ($0.element.range.lowerBound, $0.offset) < ($1.element.range.lowerBound, $1.offset)
    }
    return ordered.map { finding in
      var diagnostic = finding.element.diagnostic
      diagnostic.location =
        isMinified
        ? SourceLocation(file: path) : source.location(of: finding.element.range)
      return diagnostic
    }
  }

  /// Places in a file without line ends would each carry the whole file.
  private static let longLine = 64 << 10
}

extension JSONLimits {
  /// Generous for a definition, whose published limit is 1 MB.
  fileprivate static let definition = JSONLimits(byteCount: 64 << 20, depth: 256)
}
