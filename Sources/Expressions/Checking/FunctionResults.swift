/// Which kinds of value the functions give.
///
/// Source: workflow language reference, section (c).
enum FunctionResults {
  /// The kinds of the results of a function by its name in lower case; any kind when it is not here.
  static let kinds: [String: KindSet] = {
    var kinds: [String: KindSet] = [:]
    for (set, names) in table {
      for name in names { kinds[name.lowercased()] = set }
    }
    return kinds
  }()

  private static let table: [(KindSet, [String])] = [
    (.string, texts), (.string, times), (.boolean, conditions), (.integer, counts),
    (.number, ["add", "sub", "mul", "div", "mod", "min", "max"]),
    (.float, ["float"]), (.decimal, ["decimal"]),
    (
      .array,
      [
        "array", "chunk", "createArray", "formDataMultiValues", "range", "result", "reverse",
        "skip", "sort", "split", "triggerFormDataMultiValues",
      ]
    ),
    (
      .object,
      [
        "action", "actions", "addProperty", "base64ToBinary", "binary", "dataUriToBinary",
        "decodeDataUri", "mergeObjects", "removeProperty", "setProperty", "trigger",
        "uriComponentToBinary", "workflow", "xml",
      ]
    ),
    ([.array, .object], ["union", "intersection"]), ([.string, .null], ["appsetting"]),
    ([.string, .array], ["take"]),
  ]

  private static let texts = [
    "base64", "base64ToString", "concat", "dataUri", "dataUriToString", "decodeBase64",
    "decodeUriComponent", "decodeXmlName", "decodeXmlValue", "encodeUriComponent",
    "encodeXmlName", "encodeXmlValue", "formatNumber", "guid", "join", "listCallbackUrl",
    "replace", "slice", "string", "substring", "toLower", "toUpper", "trim", "trimByteOrderMark",
    "uriComponent", "uriComponentToString", "uriHost", "uriPath", "uriPathAndQuery", "uriQuery",
    "uriScheme",
  ]

  private static let times = [
    "addDays", "addHours", "addMinutes", "addSeconds", "addToTime", "convertFromUtc",
    "convertTimeZone", "convertToUtc", "dateDifference", "formatDateTime", "formatTimeSpan",
    "getFutureTime", "getPastTime", "parseDateTime", "startOfDay", "startOfHour", "startOfMonth",
    "subtractFromTime", "utcNow",
  ]

  private static let conditions = [
    "and", "bool", "contains", "empty", "endsWith", "equals", "greater", "greaterOrEquals",
    "isFloat", "isInt", "less", "lessOrEquals", "not", "or", "startsWith",
  ]

  private static let counts = [
    "dayOfMonth", "dayOfWeek", "dayOfYear", "indexOf", "int", "iterationIndexes", "lastIndexOf",
    "length", "nthIndexOf", "rand", "ticks", "uriPort", "utf16Length", "utf8Length",
  ]
}
