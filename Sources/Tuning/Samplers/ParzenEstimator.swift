internal import RealModule
package import Tensor

/// The density of the values that trials have in one dimension: a mixture of a kernel for each value and
/// of a wide prior, all of the same weight.
///
/// The kernels and their widths are those of Optuna's univariate TPE, which follows Bergstra et al. (2011):
/// a numeric kernel is a normal distribution, truncated to the interval, whose standard deviation is the
/// larger distance to the neighboring values. It is at least a part of the interval that falls from a half
/// to a hundredth with the number of values. The prior of a numeric dimension has the width of the
/// interval; that of categories gives each the same weight.
package enum ParzenEstimator {
  case categories(CategoryDensity)
  case numbers(NumberDensity)

  /// Creates the density of a dimension from the values of trials.
  package init(_ dimension: SearchDimension, values: [ParameterValue]) {
    switch dimension.domain {
    case .categories(let categories):
      let counts = categories.map { category in
        values.count { $0 == .category(category) }
      }
      self = .categories(CategoryDensity(categories, counts: counts))
    case .integers, .reals:
      let numbers = values.compactMap { value in
        if case .number(let number) = value { number } else { nil }
      }
      self = .numbers(NumberDensity(NumberInterval(dimension.domain)!, numbers))
    }
  }

  /// Returns the logarithm of the density of a value or, of a category or a whole number, its probability.
  package func logDensity(of value: ParameterValue) -> Double {
    switch (self, value) {
    case (.categories(let density), .category(let category)): .log(density[category])
    case (.numbers(let density), .number(let number)): .log(density[number])
    default: fatalError("ParzenEstimator: \(value) is of another kind than the dimension")
    }
  }

  /// Returns a random value.
  package func sample(using generator: inout Xoshiro256) -> ParameterValue {
    switch self {
    case .categories(let density): .category(density.sample(using: &generator))
    case .numbers(let density): .number(density.sample(using: &generator))
    }
  }
}

/// A density of categories.
package struct CategoryDensity {
  private let categories: [String]
  private let probabilities: [Double]

  init(_ categories: [String], counts: [Int]) {
    self.categories = categories
    // A kernel has the weight 1 at its category and 1 / k of the prior at each of them, for k kernels.
    let kernelCount = Double(counts.reduce(1, +))
    let spread = 1 / kernelCount
    let sum = 1 + spread * Double(categories.count)
    let uniform = 1 / Double(categories.count)
    probabilities = counts.map { count in
      let own = (Double(count) + (kernelCount - 1) * spread) / sum
      return (own + uniform) / kernelCount
    }
  }

  subscript(category: String) -> Double { probabilities[categories.firstIndex(of: category)!] }

  func sample(using generator: inout Xoshiro256) -> String {
    var rest = generator.nextUnit()
    for (category, probability) in zip(categories, probabilities) {
      if rest < probability { return category }
      rest -= probability
    }
    return categories.last!
  }
}

/// A density of numbers.
package struct NumberDensity {
  private struct Kernel {
    let mean: Double
    let deviation: Double

    /// Returns the probability between two positions before the truncation.
    func mass(_ low: Double, _ high: Double) -> Double {
      let (a, b) = ((low - mean) / deviation, (high - mean) / deviation)
      // The difference of the smaller tails keeps the digits.
      return a > 0 ? upperTail(a) - upperTail(b) : upperTail(-b) - upperTail(-a)
    }

    private func upperTail(_ x: Double) -> Double { 0.5 * .erfc(x * 0.5.squareRoot()) }

    func density(at position: Double) -> Double {
      let x = (position - mean) / deviation
      return .exp(-x * x / 2) / (deviation * (2 * Double.pi).squareRoot())
    }
  }

  private let interval: NumberInterval
  private let kernels: [Kernel]

  init(_ interval: NumberInterval, _ numbers: [Double]) {
    self.interval = interval
    let (low, high) = (interval.low, interval.high)
    let means = numbers.map { interval.position(of: $0) }.sorted()
    let width = high - low
    let least = width / min(100, 2 + Double(means.count))
    let ends = [low] + means + [high]
    kernels =
      means.indices.map { place in
        let (below, above) = (means[place] - ends[place], ends[place + 2] - means[place])
        // The distances to the ends of the interval count only for a single value.
        let distance =
          means.count == 1
          ? max(below, above)
          : place == 0 ? above : place == means.count - 1 ? below : max(below, above)
        return Kernel(mean: means[place], deviation: min(max(distance, least), width))
      } + [Kernel(mean: (low + high) / 2, deviation: max(width, .leastNormalMagnitude))]
  }

  subscript(number: Double) -> Double {
    let (low, high) = (interval.low, interval.high)
    guard high > low else { return 1 }
    let sum = kernels.reduce(0) { sum, kernel in
      let own: Double
      if interval.isInteger {
        let cell = interval.cell(of: number)
        own = kernel.mass(cell.low, cell.high)
      } else {
        own = kernel.density(at: interval.position(of: number))
      }
      return sum + own / kernel.mass(low, high)
    }
    return max(sum / Double(kernels.count), .leastNormalMagnitude)
  }

  /// Draws from a kernel until the position is within the interval, which takes few attempts because the
  /// mean is.
  func sample(using generator: inout Xoshiro256) -> Double {
    let kernel = kernels[Int.random(in: 0..<kernels.count, using: &generator)]
    while interval.high > interval.low {
      let radius = (-2 * Double.log(1 - generator.nextUnit())).squareRoot()
      let normal = radius * .cos(2 * .pi * generator.nextUnit())
      let position = kernel.mean + kernel.deviation * normal
      if (interval.low...interval.high).contains(position) { return interval.number(at: position) }
    }
    return interval.number(at: interval.low)
  }
}
