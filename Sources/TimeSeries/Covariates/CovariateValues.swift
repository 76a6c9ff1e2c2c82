/// The values of a column, stored consecutively: numbers or categories.
public enum CovariateValues: Sendable, Equatable {
  case numbers(NumberColumn)
  case categories(CategoryColumn)

  /// Creates numbers, none of them missing. Stops the program if a number is not finite.
  public static func numbers(_ values: [Double]) -> CovariateValues {
    .numbers(NumberColumn(values))
  }

  /// Creates numbers, with missing values where `nil`. Stops the program if a number is not finite.
  public static func numbers(_ values: [Double?]) -> CovariateValues {
    .numbers(
      NumberColumn(values.map { $0 ?? 0 }, missing: values.map { $0 == nil }))
  }

  /// Creates categories by name. A name is unknown if it is `nil` or not in the vocabulary. The
  /// default vocabulary contains all names in the order of their first appearance.
  public static func categories(
    _ names: [String?], vocabulary: Vocabulary? = nil
  ) -> CovariateValues {
    let vocabulary = vocabulary ?? Vocabulary(of: names)
    return .categories(
      CategoryColumn(
        names.map { $0.map(vocabulary.code) ?? Vocabulary.unknown }, vocabulary: vocabulary))
  }

  /// The kind of the values.
  public var kind: CovariateKind {
    switch self {
    case .numbers: .numeric
    case .categories: .categorical
    }
  }

  /// The number of values, including missing ones.
  public var count: Int {
    switch self {
    case .numbers(let column): column.numbers.count
    case .categories(let column): column.codes.count
    }
  }
}

extension CovariateValues {
  /// The number of missing values.
  package var missingCount: Int {
    switch self {
    case .numbers(let column): column.missing.count { $0 }
    case .categories(let column): column.codes.count { $0 == Vocabulary.unknown }
    }
  }

  /// The vocabulary of the categories, or `nil` if the values are numbers.
  package var vocabulary: Vocabulary? {
    if case .categories(let column) = self { column.vocabulary } else { nil }
  }
}

/// The kind of values that a column holds.
public enum CovariateKind: String, Codable, Sendable, CaseIterable {
  case numeric
  case categorical
}

/// Numbers, some of which may be missing.
///
/// A separate mask marks the missing numbers. NaN would propagate through every sum and compare
/// unequal to itself.
public struct NumberColumn: Sendable, Equatable {
  /// The numbers, all finite, with 0 for missing values. Accessing this property copies the numbers
  /// if they are stored in single precision, which is the case when it represents all of them
  /// exactly.
  public var values: [Double] { numbers.values }
  package let numbers: CompactNumbers
  /// A mask with `true` for each missing number. Empty if none is missing.
  public let missing: [Bool]

  /// Creates a column of numbers.
  ///
  /// Stops the program if a number that is not missing is not finite. Missing numbers are replaced
  /// by 0.
  ///
  /// - Parameters:
  ///   - values: The numbers.
  ///   - missing: A mask with `true` for each missing number. Empty if none is missing, otherwise
  ///     of the same length as `values`.
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

  /// Creates a column from finite numbers at the given positions. Values that are NaN, or whose
  /// position is negative, are missing.
  package init(_ numbers: CompactNumbers, at places: [Int32]) {
    let missing = places.map { $0 < 0 || numbers[Int($0)].isNaN }
    self.missing = missing.contains(true) ? missing : []
    self.numbers = numbers.gathered(at: places)
  }
}

/// Categories, stored as codes of a vocabulary.
public struct CategoryColumn: Sendable, Equatable {
  /// The codes, with ``Vocabulary/unknown`` for unseen and missing categories.
  public let codes: [Int32]
  /// The vocabulary that the codes refer to.
  public let vocabulary: Vocabulary

  /// Creates a column of categories. Stops the program if a code is not in the vocabulary.
  public init(_ codes: [Int32], vocabulary: Vocabulary) {
    let range = 0..<Int32(vocabulary.count)
    if let stranger = codes.first(where: { !range.contains($0) }) {
      fatalError("CategoryColumn: expected numbers in \(range), got \(stranger)")
    }
    self.codes = codes
    self.vocabulary = vocabulary
  }
}
