/// An area code with the block of numbers that can be had under it.
struct NumberArea: Sendable {
  let code: String
  /// The digits that all numbers of the block begin with, from the country code on.
  let block: String
  /// How many digits follow.
  let digits: Int

  /// All numbers of the block.
  var numbers: [String] {
    let count = (0..<digits).reduce(1) { count, _ in count * 10 }
    return (0..<count).map { number in
      let text = String(number)
      return "+\(block)\(String(repeating: "0", count: digits - text.count))\(text)"
    }
  }

  func contains(_ number: String) -> Bool {
    number.hasPrefix("+" + block) && number.utf8.count == 1 + block.utf8.count + digits
  }
}
