/// A value of one of several types, stored with the name of its type.
package struct TypedValue<Existential: Sendable>: Sendable {
  package let value: Existential

  private enum Key: CodingKey { case type, value }

  /// Encodes a value with the name of its type.
  package static func encode(_ value: some Encodable, to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode("\(type(of: value))", forKey: .type)
    try container.encode(value, forKey: .value)
  }

  /// Decodes a value whose type is one of `types`.
  ///
  /// - Parameter kind: The word for such values in an error, such as `feature`.
  /// - Throws: `DecodingError` if no type has the stored name, or if a number is out of range.
  package init(from decoder: any Decoder, among types: [any Decodable.Type], kind: String) throws {
    let container = try decoder.container(keyedBy: Key.self)
    let stored = try container.decode(String.self, forKey: .type)
    let name = renamedTypes[stored] ?? stored
    guard let type = types.first(where: { "\($0)" == name }),
      let value = try container.decode(type, forKey: .value) as? Existential
    else {
      let known = types.map { "\($0)" }.sorted().joined(separator: ", ")
      throw DecodingError.dataCorruptedError(
        forKey: .type, in: container,
        debugDescription: "the \(kind) \(name.debugDescription) is not among the known types, "
          + "\(known); add its type to KnownTypes")
    }
    if let fault = (value as? any RangeChecked)?.fault {
      throw DecodingError.dataCorruptedError(
        forKey: .value, in: container, debugDescription: "\(name): \(fault)")
    }
    self.value = value
  }
}

/// The current names of types that files of earlier versions store under another name.
private let renamedTypes = ["PurchaseBehaviour": "PurchaseBehavior"]
