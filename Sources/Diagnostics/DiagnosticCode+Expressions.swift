extension DiagnosticCode {
  package static let expressions: [DiagnosticCode] = [
    expressionSyntax, expressionTooDeep, literalOutOfRange, unknownFunction, argumentCount,
    argumentKind, lazyUnknownFunction, expressionTooLong, unknownName, unavailableHere,
    missingProperty, unsupportedSelection, indexOutOfRange, invalidArgument, arithmetic,
    invalidTime, invalidXML, invalidContent, evaluationLimit,
  ]

  package static let expressionSyntax = DiagnosticCode(
    "E0001",
    "The expression does not parse",
    """
    An expression is a literal or a function call, such as @concat('a', body('Get')?['id']). There \
    are no infix operators, texts stand in single quotes, a quote inside a text is written twice, \
    and only calls can be followed by '.name', '?.name', '[index]' or '?[index]'. A text that \
    should start with '@' is written with '@@'.
    """
  )

  package static let expressionTooDeep = DiagnosticCode(
    "E0002",
    "The expression is nested too deeply",
    """
    Calls inside calls are limited, so that no expression can exhaust the stack. Compute parts of \
    it in a Compose action or a variable before.
    """
  )

  package static let literalOutOfRange = DiagnosticCode(
    "E0003",
    "A whole number does not fit 64 bits",
    """
    Whole numbers lie between -9223372036854775808 and 9223372036854775807. Write a larger number \
    with a fraction or exponent, which makes it a float, or as decimal('...').
    """
  )

  package static let unknownFunction = DiagnosticCode(
    "E0101",
    "There is no function with this name",
    """
    The workflow language has a fixed set of functions; their names ignore case. Check the \
    spelling.
    """
  )

  package static let argumentCount = DiagnosticCode(
    "E0102",
    "A function is called with too few or too many arguments",
    "Compare the call with the signature of the function that the hint shows."
  )

  package static let argumentKind = DiagnosticCode(
    "E0103",
    "An argument has the wrong type",
    """
    Functions do not convert their arguments. Convert with string(), int(), float(), bool() or \
    json() first, and guard against null with coalesce().
    """
  )

  package static let lazyUnknownFunction = DiagnosticCode(
    "E0104",
    "A branch that may never run calls an unknown function",
    """
    The functions and, or, if and coalesce evaluate only the arguments they need, so this call \
    fails only when its branch is reached. Correct the name or remove the branch.
    """
  )

  package static let expressionTooLong = DiagnosticCode(
    "E0105",
    "The expression is longer than Azure Logic Apps accepts",
    """
    Azure Logic Apps refuses expressions of more than 8,192 characters. Weir runs them, but the \
    flow is not portable. Compute parts of it in Compose actions or variables.
    """
  )

  package static let unknownName = DiagnosticCode(
    "E0201",
    "A parameter, variable, action or loop with this name is not available",
    """
    The expression names something that is not defined, or that has not run yet where the \
    expression stands. Names ignore case.
    """
  )

  package static let unavailableHere = DiagnosticCode(
    "E0202",
    "A function is used where it has no value",
    """
    Some functions have a value only in certain places: item() in loops and data operations, \
    action() in conditions of Until and in tracked properties, listCallbackUrl() in subscribe \
    requests, trigger() in runs that have a trigger.
    """
  )

  package static let missingProperty = DiagnosticCode(
    "E0203",
    "An object has no property with this name",
    """
    Use '?' before the property to get null instead of an error: body('Get')?['id']. Each '?' \
    covers only the step that it precedes.
    """
  )

  package static let unsupportedSelection = DiagnosticCode(
    "E0204",
    "A value of this type has no properties or elements",
    """
    Properties are selected from objects with a text, elements from arrays with a whole number. \
    '?' helps with what is absent or null, never with a value of another type.
    """
  )

  package static let indexOutOfRange = DiagnosticCode(
    "E0205",
    "The array has no element at this index",
    "Indexes start at 0. Use '?' before the bracket to get null instead of an error."
  )

  package static let invalidArgument = DiagnosticCode(
    "E0301",
    "An argument has a value that the function does not accept",
    "The message names the argument and what it may be."
  )

  package static let arithmetic = DiagnosticCode(
    "E0302",
    "A calculation has no result",
    """
    Whole numbers must stay within 64 bits, decimals within 28 to 29 digits, and cannot be divided \
    by zero. Convert with float() where infinity is an acceptable result.
    """
  )

  package static let invalidTime = DiagnosticCode(
    "E0303",
    "A time, format, unit, locale or time zone is not valid",
    """
    Times are texts such as 2026-11-20T21:15:00Z, formats follow .NET (yyyy-MM-dd), and time zones \
    are Windows names such as 'W. Europe Standard Time' or IANA names such as 'Europe/Berlin'.
    """
  )

  package static let invalidXML = DiagnosticCode(
    "E0304",
    "An XML document or XPath expression is not valid",
    """
    Documents must be well-formed XML 1.0. Entities other than the five predefined ones and \
    external subsets are refused, because they can read files and exhaust memory.
    """
  )

  package static let invalidContent = DiagnosticCode(
    "E0305",
    "A value cannot be decoded",
    """
    The text is not valid Base64, JSON or a data URI, or names an unknown character set.
    """
  )

  package static let evaluationLimit = DiagnosticCode(
    "E0401",
    "The evaluation exceeded a limit",
    """
    Limits keep one expression from exhausting the machine. The message names the limit; split \
    the work over several actions.
    """
  )
}
