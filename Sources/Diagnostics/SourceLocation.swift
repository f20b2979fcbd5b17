/// A place in a file, ready to be shown.
package struct SourceLocation: Hashable, Sendable {
  /// The path as the user would write it.
  package var file: String
  /// Counted from 1; 0 when the whole file is meant.
  package var line: Int
  /// Counted from 1 in characters (Unicode scalars); 0 when the whole line is meant.
  package var column: Int
  /// How many characters the problem covers on its line, at least 1.
  package var length: Int
  /// The text of the line, without its end.
  package var sourceLine: String?

  package init(
    file: String,
    line: Int = 0,
    column: Int = 0,
    length: Int = 1,
    sourceLine: String? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
    self.sourceLine = sourceLine
  }
}
