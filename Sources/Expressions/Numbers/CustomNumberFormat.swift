/// A pattern such as `#,##0.00;(0)`.
///
/// Source: .NET custom numeric format strings.
struct CustomNumberFormat {
  private let sections: [NumberPattern]

  init(_ format: String) { sections = NumberPattern.sections(of: format) }

  func text(of number: DecimalDigits, _ symbols: NumberSymbols) -> String {
    var section = 0
    if sections.count > 1, number.isNegative, !number.isZero { section = 1 }
    if sections.count > 2, number.isZero { section = 2 }
    if sections[section].isEmpty, sections.count > 1 { section = 0 }
    var rounded = sections[section].rounded(number)
    if rounded.isZero, section != 2, sections.count > 2 {
      section = 2
      rounded = sections[2].rounded(number)
    }
    let needsSign = number.isNegative && !rounded.isZero && section == 0
    return (needsSign ? symbols.negativeSign : "") + sections[section].text(rounded, symbols)
  }
}
