/// A dimension of a ``SearchSpace``: a hyperparameter with the values that it may have.
public struct SearchDimension: Hashable, Sendable {
  /// The values of a dimension.
  public enum Domain: Hashable, Sendable {
    /// One of several categories.
    case categories([String])
    /// A whole number, evenly over the range or, for a logarithmic one, over its logarithms.
    case integers(ClosedRange<Int>, isLogarithmic: Bool)
    /// A number, evenly over the range or, for a logarithmic one, over its logarithms.
    case reals(ClosedRange<Double>, isLogarithmic: Bool)
  }

  /// The categories of another dimension for which a dimension has a value.
  public struct Condition: Hashable, Sendable {
    /// The name of a categorical dimension that comes before.
    public let dimension: String
    /// The categories.
    public let categories: [String]

    /// Creates a condition.
    public init(_ dimension: String, among categories: [String]) {
      self.dimension = dimension
      self.categories = categories
    }
  }

  /// The name.
  public let name: String
  /// The values.
  public let domain: Domain
  /// The condition under which the dimension has a value, or nil for always.
  public let condition: Condition?

  /// Creates a dimension of categories. Stops the program if there are none, or if two are equal.
  public static func categorical(
    _ name: String, _ categories: [String], when condition: Condition? = nil
  ) -> SearchDimension {
    guard !categories.isEmpty, Set(categories).count == categories.count else {
      fatalError("SearchDimension: expected different categories of \(name), got \(categories)")
    }
    return SearchDimension(name: name, domain: .categories(categories), condition: condition)
  }

  /// Creates a dimension of whole numbers. Stops the program if a logarithmic one starts below 1.
  public static func integer(
    _ name: String, in range: ClosedRange<Int>, isLogarithmic: Bool = false,
    when condition: Condition? = nil
  ) -> SearchDimension {
    guard !isLogarithmic || range.lowerBound >= 1 else {
      fatalError("SearchDimension: expected logarithmic integers from 1 of \(name), got \(range)")
    }
    return SearchDimension(
      name: name, domain: .integers(range, isLogarithmic: isLogarithmic), condition: condition)
  }

  /// Creates a dimension of numbers. Stops the program if a bound is not finite, or if a logarithmic
  /// dimension does not start above 0.
  public static func real(
    _ name: String, in range: ClosedRange<Double>, isLogarithmic: Bool = false,
    when condition: Condition? = nil
  ) -> SearchDimension {
    guard range.lowerBound.isFinite, range.upperBound.isFinite,
      !isLogarithmic || range.lowerBound > 0
    else {
      fatalError("SearchDimension: expected finite numbers of \(name), got \(range)")
    }
    return SearchDimension(
      name: name, domain: .reals(range, isLogarithmic: isLogarithmic), condition: condition)
  }

  /// Returns a Boolean value that indicates whether the dimension has a value besides other values.
  func isActive(in values: TrialValues) -> Bool {
    guard let condition else { return true }
    return values.category(condition.dimension).map(condition.categories.contains) ?? false
  }

  /// Returns a Boolean value that indicates whether the dimension may have a value.
  func contains(_ value: ParameterValue) -> Bool {
    switch (domain, value) {
    case (.categories(let categories), .category(let category)): categories.contains(category)
    case (.integers(let range, _), .number(let number)):
      Int(exactly: number).map(range.contains) ?? false
    case (.reals(let range, _), .number(let number)): range.contains(number)
    default: false
    }
  }
}
