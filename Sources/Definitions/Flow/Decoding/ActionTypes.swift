/// The types that the language knows, as it spells them.
///
/// Source: workflow language reference, sections (d) and (e).
package enum ActionTypes {
  package static let triggers = [
    "Request", "Recurrence", "SlidingWindow", "Http", "HttpWebhook", "ApiConnection",
    "ApiConnectionWebhook", "ApiConnectionNotification", "OpenApiConnection",
    "OpenApiConnectionWebhook", "OpenApiConnectionNotification", "ServiceProvider", "Batch",
    "Manual", "PowerAppV2", "Button",
  ]

  package static let actions = [
    "Compose", "ParseJson", "Query", "Select", "Join", "Table", "Expression",
    "InitializeVariable", "SetVariable", "IncrementVariable", "DecrementVariable",
    "AppendToStringVariable", "AppendToArrayVariable", "Scope", "If", "Switch", "Foreach", "Until",
    "Terminate", "Wait", "Http", "HttpWebhook", "Response", "Workflow", "SendToBatch",
    "ApiConnection", "ApiConnectionWebhook", "OpenApiConnection", "OpenApiConnectionWebhook",
    "OpenApiConnectionNotification",
  ]

  /// Types that load but need a runtime that is not here.
  package static let unsupported = [
    "JavaScriptCode", "CSharpScriptCode", "PowerShellCode", "Xslt", "Liquid", "FlatFileDecoding",
    "FlatFileEncoding", "XmlValidation", "XmlParse", "XmlCompose",
    "IntegrationAccountArtifactLookup",
    "AS2Decode", "AS2Encode", "X12Decode", "X12Encode", "X12BatchEncode", "EdifactDecode",
    "EdifactEncode", "EdifactBatchEncode", "SwiftMTDecode", "SwiftMTEncode", "RuleExecution",
    "RosettaNetDecode", "RosettaNetEncode", "RosettaNetWaitForResponse", "Agent", "AgentHandoff",
    "ServiceProvider", "Function", "InvokeFunction", "ApiManagement", "Swagger",
    "ExecuteJavaScriptCode", "ExecuteCSharpCode", "ExecutePowerShellCode", "DataMapper",
    "McpClientTool",
  ]
}
