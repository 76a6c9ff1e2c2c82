/// The part that a dimension has in the differences between the scores of trials.
public struct DimensionImportance: Sendable, Equatable {
  /// The name of the dimension.
  public let dimension: String
  /// The share of the variance of the scores' ranks that lies between groups of values, from 0 to 1.
  public let share: Double
  /// The number of trials.
  public let count: Int
}

extension StudyResults {
  /// The importance of each dimension, the largest first, or none for fewer than 12 trials.
  ///
  /// The trials at the rung with the most scores are grouped by category or, for numbers, by thirds. The share
  /// is ε² of the ranks (Kelley 1935), which is near 0 if the dimension has no effect. It shows no
  /// interactions, and since a sampler prefers good values, it is rough.
  public var importances: [DimensionImportance] {
    let rung = resources.indices.max { left, right in
      trials.count { $0.scores[left] != nil } < trials.count { $0.scores[right] != nil }
    }
    let scored = trials.filter { trial in rung.map { trial.scores[$0] != nil } ?? false }
    return space.dimensions.compactMap { dimension in
      let members = scored.filter { $0.values[dimension.name] != nil }
      guard members.count >= 12 else { return nil }
      let ranks = Self.ranks(members.map { $0.scores[rung!]! })
      let groups = Self.groups(members.map { $0.values[dimension.name]! })
      return DimensionImportance(
        dimension: dimension.name, share: Self.share(of: groups, in: ranks), count: members.count)
    }.sorted { $0.share > $1.share }
  }

  /// Returns the rank of each number, the mean rank for equal ones.
  private static func ranks(_ numbers: [Double]) -> [Double] {
    numbers.map { number in
      Double(numbers.count { $0 < number }) + Double(numbers.count { $0 == number } - 1) / 2
    }
  }

  /// Returns the group of each value: its category, or the third of the numbers in which it is.
  private static func groups(_ values: [ParameterValue]) -> [ParameterValue] {
    let numbers = values.compactMap { value in
      if case .number(let number) = value { number } else { nil }
    }
    guard numbers.count == values.count else { return values }
    return ranks(numbers).map { .number((3 * $0 / Double(numbers.count)).rounded(.down)) }
  }

  private static func share(of groups: [ParameterValue], in ranks: [Double]) -> Double {
    let count = Double(ranks.count)
    func squares(_ numbers: [Double]) -> Double {
      let mean = numbers.reduce(0, +) / Double(numbers.count)
      return numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    // The order of summation must not depend on that of a dictionary.
    var names: [ParameterValue] = []
    for group in groups where !names.contains(group) { names.append(group) }
    let within = names.reduce(0) { sum, name in
      sum + squares(ranks.indices.filter { groups[$0] == name }.map { ranks[$0] })
    }
    let total = squares(ranks)
    guard names.count > 1, Double(names.count) < count, total > 0 else { return 0 }
    return max(0, 1 - within / (count - Double(names.count)) / (total / (count - 1)))
  }
}
