import Expressions
import OrderedJSON

/// Writes a list as CSV or as an HTML table.
///
/// Source: workflow language reference, section d.1 (Table); RFC 4180.
struct TableWriter {
  enum Format: String {
    case csv
    case html

    /// Reads a format in any case; `nil` for anything else.
    init?(_ value: JSON) {
      guard let text = value.stringValue, let format = Format(rawValue: text.lowercased()) else {
        return nil
      }
      self = format
    }
  }

  let format: Format
  var headers: [String] = []
  var rows: [[String]] = []

  init(format: Format) { self.format = format }

  /// Takes the columns from the members of the elements, in the order in which they first appear.
  mutating func fill(with elements: [JSON], in action: PlannedAction) throws(ActionFailure) {
    var known: Set<String> = []
    for element in elements {
      guard let object = element.objectValue else { throw .noObjects(element, in: action) }
      for key in object.keys where known.insert(key).inserted { headers.append(key) }
    }
    for element in elements {
      var row: [String] = []
      for header in headers {
        let cell = element[header] ?? .null
        do throws(ExpressionError) {
          row.append(try StringConversion.text(of: cell))
        } catch {
          throw .invalidTemplate(error, in: action.name)
        }
      }
      rows.append(row)
    }
  }

  var text: String {
    switch format {
    case .csv: csv
    case .html: html
    }
  }

  // MARK: CSV

  private var csv: String {
    guard !headers.isEmpty else { return "" }
    return ([headers] + rows).map { row in
      row.map(Self.quoted).joined(separator: ",") + "\r\n"
    }.joined()
  }

  private static func quoted(_ field: String) -> String {
    guard field.unicodeScalars.contains(where: { ",\"\r\n".unicodeScalars.contains($0) }) else {
      return field
    }
    // By scalars: a quote under a combining mark is a quote to whoever reads the table.
    var escaped = String.UnicodeScalarView()
    for scalar in field.unicodeScalars {
      escaped.append(scalar)
      if scalar == "\"" { escaped.append(scalar) }
    }
    return "\"\(String(escaped))\""
  }

  // MARK: HTML

  private var html: String {
    let head = headers.map { "<th>\(Self.escaped($0))</th>" }.joined()
    let body = rows.map { row in
      "<tr>" + row.map { "<td>\(Self.escaped($0))</td>" }.joined() + "</tr>"
    }.joined()
    return "<table><thead><tr>\(head)</tr></thead><tbody>\(body)</tbody></table>"
  }

  private static func escaped(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
