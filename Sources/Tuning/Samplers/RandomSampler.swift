public import Tensor

/// A sampler of independent random values: categories with equal probability, and numbers evenly over
/// their range or over its logarithms (Bergstra & Bengio 2012).
public struct RandomSampler: TrialSampler, Hashable {
  /// Creates a sampler.
  public init() {}

  public var description: String { "random search" }

  public func values(
    in space: SearchSpace, after trials: [Trial], using generator: inout Xoshiro256
  ) -> TrialValues {
    space.point { $0.randomValue(using: &generator) }
  }
}

extension SearchDimension {
  /// Returns a random value.
  fileprivate func randomValue(using generator: inout Xoshiro256) -> ParameterValue {
    if case .categories(let categories) = domain {
      return .category(categories[Int.random(in: 0..<categories.count, using: &generator)])
    }
    let interval = NumberInterval(domain)!
    let unit = generator.nextUnit()
    return .number(interval.number(at: interval.low + unit * (interval.high - interval.low)))
  }
}

extension Xoshiro256 {
  /// Returns a random number in [0, 1).
  mutating func nextUnit() -> Double { Double(next() >> 11) * 0x1p-53 }
}
