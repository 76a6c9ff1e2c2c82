/// The names of the categories of a column, with codes from 1.
///
/// Code 0 represents an unknown category: one that was not present when the vocabulary was created,
/// or a missing one. An embedding with ``count`` rows thus has a row for unseen categories.
public struct Vocabulary: Sendable {
  /// The code of the unknown category.
  public static let unknown: Int32 = 0

  /// The names of the categories from code 1 on. No two are equal.
  public let names: [String]
  private let codes: [String: Int32]

  /// Creates a vocabulary of the given names, in this order. Stops the program if a name appears
  /// twice.
  public init(_ names: [String]) {
    self.names = names
    codes = Dictionary(zip(names, 1...)) { _, _ in
      fatalError("Vocabulary: expected names that differ, got one twice")
    }
  }

  /// Creates a vocabulary of the distinct names in `categories`, in the order of their first
  /// appearance, skipping `nil`.
  public init(of categories: some Sequence<String?>) {
    var names: [String] = []
    var codes: [String: Int32] = [:]
    for case .some(let name) in categories where codes[name] == nil {
      names.append(name)
      codes[name] = Int32(names.count)
    }
    self.names = names
    self.codes = codes
  }

  /// The number of categories, including the unknown one. An embedding has this number of rows.
  public var count: Int { names.count + 1 }

  /// Returns the code of a category, or ``unknown`` if it is not in the vocabulary.
  public func code(of name: String) -> Int32 { codes[name] ?? Self.unknown }

  /// Returns the name of a category, or `nil` for the unknown one. Stops the program if the code is
  /// not in the vocabulary.
  public func name(of code: Int32) -> String? {
    guard (0..<Int32(count)).contains(code) else {
      fatalError("Vocabulary.name: expected a number in 0..<\(count), got \(code)")
    }
    return code == Self.unknown ? nil : names[Int(code) - 1]
  }
}

extension Vocabulary: Codable {
  /// Creates a vocabulary by decoding the names of the categories.
  ///
  /// - Throws: A `DecodingError` if a name appears twice.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let names = try container.decode([String].self)
    guard Set(names).count == names.count else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected categories that differ, got one twice")
    }
    self.init(names)
  }

  /// Encodes the names of the categories.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(names)
  }
}

extension Vocabulary: Equatable {
  /// Returns a Boolean value that indicates whether both have the same names in the same order.
  public static func == (left: Vocabulary, right: Vocabulary) -> Bool { left.names == right.names }
}
