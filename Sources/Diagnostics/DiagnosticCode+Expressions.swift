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
    An expression is a literal or a function call, such as @concat('a', body('Get')?['id']).
    """,
    remedy: """
      There are no infix operators, texts stand in single quotes, a quote inside a text is written \
      twice, and only calls can be followed by '.name', '?.name', '[index]' or '?[index]'. A text \
      that should start with '@' is written with '@@'.
      """,
    example: .expression(
      #"""
      @concat('a', 'b'
      """#
    )
  )

  package static let expressionTooDeep = DiagnosticCode(
    "E0002",
    "The expression is nested too deeply",
    """
    Calls inside calls are limited, so that no expression can exhaust the stack.
    """,
    remedy: """
      Compute parts of it in a Compose action or a variable before.
      """,
    example: .shown(
      #"""
      @not(not(not(… more than 200 levels …)))
      """#
    )
  )

  package static let literalOutOfRange = DiagnosticCode(
    "E0003",
    "A whole number does not fit 64 bits",
    """
    Whole numbers lie between -9223372036854775808 and 9223372036854775807.
    """,
    remedy: """
      Write a larger number with a fraction or exponent, which makes it a float, or as \
      decimal('...').
      """,
    example: .expression(
      #"""
      @add(9223372036854775808, 1)
      """#
    )
  )

  package static let unknownFunction = DiagnosticCode(
    "E0101",
    "There is no function with this name",
    """
    The workflow language has a fixed set of functions; their names ignore case.
    """,
    remedy: """
      Check the spelling. 'weir lsp' completes names in an editor.
      """,
    example: .expression(
      #"""
      @concta('a', 'b')
      """#
    )
  )

  package static let argumentCount = DiagnosticCode(
    "E0102",
    "A function is called with too few or too many arguments",
    """
    Each function takes a fixed number of arguments, some of which may be left out; the call has \
    another number.
    """,
    remedy: """
      Compare the call with the signature of the function that the hint shows.
      """,
    example: .expression(
      #"""
      @replace('abc', 'b')
      """#
    )
  )

  package static let argumentKind = DiagnosticCode(
    "E0103",
    "An argument has the wrong type",
    """
    Functions do not convert their arguments.
    """,
    remedy: """
      Convert with string(), int(), float(), bool() or json() first, and guard against null with \
      coalesce().
      """,
    example: .expression(
      #"""
      @length(5)
      """#
    )
  )

  package static let lazyUnknownFunction = DiagnosticCode(
    "E0104",
    "A branch that may never run calls an unknown function",
    """
    The functions and, or, if and coalesce evaluate only the arguments they need, so this call \
    fails only when its branch is reached.
    """,
    remedy: """
      Correct the name or remove the branch.
      """,
    example: .expression(
      #"""
      @if(true, 1, lenght('a'))
      """#
    )
  )

  package static let expressionTooLong = DiagnosticCode(
    "E0105",
    "The expression is longer than Azure Logic Apps accepts",
    """
    Azure Logic Apps refuses expressions of more than 8,192 characters. Weir runs them, but the \
    flow is not portable.
    """,
    remedy: """
      Compute parts of it in Compose actions or variables.
      """,
    example: .shown(
      #"""
      @concat('… more than 8,192 characters …')
      """#
    )
  )

  package static let unknownName = DiagnosticCode(
    "E0201",
    "A parameter, variable, action or loop with this name is not available",
    """
    The expression names something that is not defined, or that has not run yet where the \
    expression stands.
    """,
    remedy: """
      Names ignore case. Correct the name, or let the expression's action run after the one that it \
      names.
      """,
    example: .expression(
      #"""
      @variables('count')
      """#
    )
  )

  package static let unavailableHere = DiagnosticCode(
    "E0202",
    "A function is used where it has no value",
    """
    Some functions have a value only in certain places: item() in loops and data operations, \
    action() in conditions of Until and in tracked properties, listCallbackUrl() in subscribe \
    requests, trigger() in runs that have a trigger.
    """,
    remedy: """
      Move the expression to a place where the function has a value, or read what it needs by name, \
      as with items('loop') or body('action').
      """,
    example: .expression(
      #"""
      @item()
      """#
    )
  )

  package static let missingProperty = DiagnosticCode(
    "E0203",
    "An object has no property with this name",
    """
    The expression selects a property that the object does not have. Names of properties ignore \
    case.
    """,
    remedy: """
      Use '?' before the property to get null instead of an error: body('Get')?['id']. Each '?' \
      covers only the step that it precedes.
      """,
    example: .expression(
      #"""
      @json('{"id": 1}')['name']
      """#
    )
  )

  package static let unsupportedSelection = DiagnosticCode(
    "E0204",
    "A value of this type has no properties or elements",
    """
    Properties are selected from objects with a text, elements from arrays with a whole number. \
    '?' helps with what is absent or null, never with a value of another type.
    """,
    remedy: """
      Look at what the step before gives, for example with 'weir run show RUN --action NAME', and \
      convert texts that hold JSON with json().
      """,
    example: .expression(
      #"""
      @utcNow()['year']
      """#
    )
  )

  package static let indexOutOfRange = DiagnosticCode(
    "E0205",
    "The array has no element at this index",
    """
    The index is negative, or not less than the number of elements; indexes start at 0.
    """,
    remedy: """
      Use '?' before the bracket to get null instead of an error.
      """,
    example: .expression(
      #"""
      @createArray('a', 'b')[2]
      """#
    )
  )

  package static let invalidArgument = DiagnosticCode(
    "E0301",
    "An argument has a value that the function does not accept",
    """
    The message names the argument and what it may be.
    """,
    remedy: """
      Change the argument so that it lies within what the message allows.
      """,
    example: .expression(
      #"""
      @range(1, -5)
      """#
    )
  )

  package static let arithmetic = DiagnosticCode(
    "E0302",
    "A calculation has no result",
    """
    Whole numbers must stay within 64 bits, decimals within 28 to 29 digits, and cannot be divided \
    by zero.
    """,
    remedy: """
      Convert with float() where infinity is an acceptable result. Guard against zero with if().
      """,
    example: .expression(
      #"""
      @div(7, 0)
      """#
    )
  )

  package static let invalidTime = DiagnosticCode(
    "E0303",
    "A time, format, unit, locale or time zone is not valid",
    """
    Times are texts such as 2026-11-20T21:15:00Z, formats follow .NET (yyyy-MM-dd), and time zones \
    are Windows names such as 'W. Europe Standard Time' or IANA names such as 'Europe/Berlin'.
    """,
    remedy: """
      Correct the text, or read it with parseDateTime(text, locale, format) when it is written in \
      another way.
      """,
    example: .expression(
      #"""
      @addDays('tomorrow', 1)
      """#
    )
  )

  package static let invalidXML = DiagnosticCode(
    "E0304",
    "An XML document or XPath expression is not valid",
    """
    Documents must be well-formed XML 1.0. Entities other than the five predefined ones and \
    external subsets are refused, because they can read files and exhaust memory.
    """,
    remedy: """
      Check the document with the element that the message names, and write '&' as '&amp;'.
      """,
    example: .expression(
      #"""
      @xml('<a><b></a>')
      """#
    )
  )

  package static let invalidContent = DiagnosticCode(
    "E0305",
    "A value cannot be decoded",
    """
    The text is not valid Base64, JSON or a data URI, or names an unknown character set.
    """,
    remedy: """
      Look at the text where it comes from; body() of an action is JSON already when its service \
      says so.
      """,
    example: .expression(
      #"""
      @json('{name: 1}')
      """#
    )
  )

  package static let evaluationLimit = DiagnosticCode(
    "E0401",
    "The evaluation exceeded a limit",
    """
    Limits keep one expression from exhausting the machine.
    """,
    remedy: """
      The message names the limit; split the work over several actions.
      """,
    example: .shown(
      #"""
      @concat(outputs('Huge'), outputs('Huge'))
      error: the text is longer than the limit of 104857600 [E0401]
      """#
    )
  )
}
