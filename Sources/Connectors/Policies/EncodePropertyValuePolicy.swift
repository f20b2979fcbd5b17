internal import Definitions
internal import OrderedJSON

/// `encodepropertyvalue`: percent-encodes a property.
///
/// Source: connector format reference, section (f), JSON body.
enum EncodePropertyValuePolicy {
  static func apply(_ policy: PolicyInstance, to body: JSON) -> JSON {
    PropertyRewrite.apply(policy, to: body) { value in
      value.stringValue.map { .string(ComponentEncoding.encode($0)) }
    }
  }
}
