/// The hyperparameters of a search, with the values that they may have.
///
/// ```swift
/// let space = SearchSpace([
///   .categorical("network", ["lstm", "tide"]),
///   .integer("hiddenSize", in: 16...256, isLogarithmic: true),
///   .real("learningRate", in: 0.0005...0.01, isLogarithmic: true),
///   .categorical("decoder", ["direct", "recurrent"], when: .init("network", among: ["lstm"])),
/// ])
/// ```
public struct SearchSpace: Hashable, Sendable {
  /// The dimensions. A condition refers to a dimension before its own.
  public let dimensions: [SearchDimension]

  /// Creates a space. Stops the program if there is no dimension, if two have the same name, or if a
  /// condition does not refer to categories of an earlier dimension.
  public init(_ dimensions: [SearchDimension]) {
    guard !dimensions.isEmpty, Set(dimensions.map(\.name)).count == dimensions.count else {
      fatalError(
        "SearchSpace: expected dimensions of different names, got \(dimensions.map(\.name))")
    }
    for (place, dimension) in dimensions.enumerated() {
      guard let condition = dimension.condition else { continue }
      let parent = dimensions[..<place].first { $0.name == condition.dimension }
      guard case .categories(let categories) = parent?.domain,
        condition.categories.allSatisfy(categories.contains)
      else {
        fatalError(
          "SearchSpace: expected the condition of \(dimension.name) on categories of a dimension before "
            + "it, got \(condition)")
      }
    }
    self.dimensions = dimensions
  }

  /// Returns the reason why values are not a point of the space, or nil if they are one.
  public func fault(of values: TrialValues) -> String? {
    for dimension in dimensions {
      switch (dimension.isActive(in: values), values[dimension.name]) {
      case (true, nil): return "\(dimension.name) has no value"
      case (false, let value?):
        return "\(dimension.name) is \(value), but its condition does not hold"
      case (true, let value?) where !dimension.contains(value):
        return "\(dimension.name) is \(value), which is not in its domain"
      default: continue
      }
    }
    let known = Set(dimensions.map(\.name))
    return values.values.keys.filter { !known.contains($0) }.min().map { "\($0) is no dimension" }
  }

  /// Returns a point whose values are chosen one dimension after the other, without those whose
  /// condition does not hold.
  func point(_ choose: (SearchDimension) -> ParameterValue) -> TrialValues {
    var values = TrialValues()
    for dimension in dimensions where dimension.isActive(in: values) {
      values[dimension.name] = choose(dimension)
    }
    return values
  }

  /// Returns the values as a text in the order of the dimensions, such as `network lstm, layers 2`.
  public func text(of values: TrialValues) -> String {
    dimensions.compactMap { dimension in
      values[dimension.name].map { "\(dimension.name) \($0)" }
    }.joined(separator: ", ")
  }
}
