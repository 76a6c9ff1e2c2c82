/// The values of a column, one after another: numbers or categories.
public enum CovariateValues: Sendable, Equatable {
  case numbers(NumberColumn)
  case categories(CategoryColumn)

  /// Numbers, none of them missing. One that is not finite stops the program.
  public static func numbers(_ values: [Double]) -> CovariateValues {
    .numbers(NumberColumn(values))
  }

  /// Numbers, missing where nil. One that is not finite stops the program.
  public static func numbers(_ values: [Double?]) -> CovariateValues {
    .numbers(
      NumberColumn(values.map { $0 ?? 0 }, missing: values.map { $0 == nil }))
  }

  /// Categories by name, unknown where nil or not in the vocabulary; if none is given, of the names
  /// in the order of their first appearance.
  public static func categories(
    _ names: [String?], vocabulary: Vocabulary? = nil
  ) -> CovariateValues {
    let vocabulary = vocabulary ?? Vocabulary(of: names)
    return .categories(
      CategoryColumn(
        names.map { $0.map(vocabulary.code) ?? Vocabulary.unknown }, vocabulary: vocabulary))
  }

  /// What the column holds.
  public var kind: CovariateKind {
    switch self {
    case .numbers: .numeric
    case .categories: .categorical
    }
  }

  /// The number of values, missing ones too.
  public var count: Int {
    switch self {
    case .numbers(let column): column.numbers.count
    case .categories(let column): column.codes.count
    }
  }
}

extension CovariateValues {
  /// How many of the values are missing.
  package var missingCount: Int {
    switch self {
    case .numbers(let column): column.missing.count { $0 }
    case .categories(let column): column.codes.count { $0 == Vocabulary.unknown }
    }
  }

  /// What the numbers of categories mean; nil where the values are numbers.
  package var vocabulary: Vocabulary? {
    if case .categories(let column) = self { column.vocabulary } else { nil }
  }
}

/// What a column holds.
public enum CovariateKind: String, Codable, Sendable, CaseIterable {
  case numeric
  case categorical
}

/// Numbers, some of which may be missing.
///
/// What is missing is marked beside the numbers and not by NaN among them: NaN would pass through
/// every sum, and compare unequal to itself.
public struct NumberColumn: Sendable, Equatable {
  /// The numbers, all finite; 0 where missing. Copies them where single precision holds each of them,
  /// which is how they are stored then.
  public var values: [Double] { numbers.values }
  package let numbers: CompactNumbers
  /// Whether each is missing; empty where none is.
  public let missing: [Bool]

  /// A column of numbers.
  ///
  /// Stops the program at a number that is not finite, unless it is missing: then it is not looked
  /// at, and becomes 0.
  ///
  /// - Parameters:
  ///   - values: The numbers.
  ///   - missing: Whether each is missing; empty if none is, else as many as numbers.
  public init(_ values: [Double], missing: [Bool] = []) {
    self.init(CompactNumbers(values), missing: missing)
  }

  package init(_ numbers: CompactNumbers, missing: [Bool] = []) {
    guard missing.isEmpty || missing.count == numbers.count else {
      fatalError(
        "NumberColumn: expected a missing mark for each of \(numbers.count) values or none, got "
          + "\(missing.count)")
    }
    let missing = missing.contains(true) ? missing : []
    var isNormal = true
    for place in numbers.indices {
      if !missing.isEmpty, missing[place] {
        if numbers[place].bitPattern != 0 { isNormal = false }
      } else if !numbers[place].isInSingleRange {
        fatalError("NumberColumn: expected finite values, got \(numbers[place]) at \(place)")
      }
    }
    self.numbers =
      isNormal
      ? numbers : CompactNumbers(numbers.indices.map { missing[$0] ? 0 : numbers[$0] })
    self.missing = missing
  }
}

/// Categories, by their numbers in a vocabulary.
public struct CategoryColumn: Sendable, Equatable {
  /// The numbers; ``Vocabulary/unknown`` for what is unknown, be it unseen or missing.
  public let codes: [Int32]
  /// What the numbers mean.
  public let vocabulary: Vocabulary

  /// A column of categories. A number that is none of the vocabulary's stops the program.
  public init(_ codes: [Int32], vocabulary: Vocabulary) {
    let range = 0..<Int32(vocabulary.count)
    if let stranger = codes.first(where: { !range.contains($0) }) {
      fatalError("CategoryColumn: expected numbers in \(range), got \(stranger)")
    }
    self.codes = codes
    self.vocabulary = vocabulary
  }
}
