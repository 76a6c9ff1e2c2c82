/// The names of the categories of a column, numbered from 1.
///
/// Number 0 stands for what is unknown: a category that was not among them when the vocabulary was
/// made, or none given. An embedding of ``count`` rows so has a row for unseen ones.
public struct Vocabulary: Sendable {
  /// The number of the unknown category.
  public static let unknown: Int32 = 0

  /// The names of categories 1 and on. No two are equal.
  public let names: [String]
  private let codes: [String: Int32]

  /// The categories of these names, in this order. A name that appears twice stops the program.
  public init(_ names: [String]) {
    self.names = names
    codes = Dictionary(zip(names, 1...)) { _, _ in
      fatalError("Vocabulary: expected names that differ, got one twice")
    }
  }

  /// The names among `categories`, in the order of their first appearance; nil is none.
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

  /// The number of categories with the unknown one: the rows of an embedding.
  public var count: Int { names.count + 1 }

  /// The number of a category, ``unknown`` where it is not in the vocabulary.
  public func code(of name: String) -> Int32 { codes[name] ?? Self.unknown }

  /// The name of a category; nil for the unknown one. A number that is none of the vocabulary's
  /// stops the program.
  public func name(of code: Int32) -> String? {
    guard (0..<Int32(count)).contains(code) else {
      fatalError("Vocabulary.name: expected a number in 0..<\(count), got \(code)")
    }
    return code == Self.unknown ? nil : names[Int(code) - 1]
  }
}

extension Vocabulary: Codable {
  /// Reads the names of the categories.
  ///
  /// - Throws: `DecodingError` where a name appears twice.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    let names = try container.decode([String].self)
    guard Set(names).count == names.count else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "expected categories that differ, got one twice")
    }
    self.init(names)
  }

  /// Writes the names of the categories.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(names)
  }
}

extension Vocabulary: Equatable {
  /// Whether both have the same names in the same order.
  public static func == (left: Vocabulary, right: Vocabulary) -> Bool { left.names == right.names }
}
