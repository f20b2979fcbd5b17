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
  /// What is shown of the line.
  package var excerpt: Excerpt?

  /// The text of a line, without its end, or of a long one a window around the place.
  package struct Excerpt: Hashable, Sendable {
    package var text: String
    /// Where in it the place begins, counted from 1 in characters.
    package var column: Int

    package init(_ text: String, column: Int) {
      self.text = text
      self.column = column
    }
  }

  package init(
    file: String,
    line: Int = 0,
    column: Int = 0,
    length: Int = 1,
    excerpt: Excerpt? = nil
  ) {
    self.file = file
    self.line = line
    self.column = column
    self.length = length
    self.excerpt = excerpt
  }
}
