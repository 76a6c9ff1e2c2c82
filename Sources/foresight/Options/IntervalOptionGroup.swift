import ArgumentParser
import Forecasting

/// The option for quantiles of forecasts.
struct QuantileOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      Forecast quantiles at these levels, separated by commas, such as 0.1,0.5,0.9: columns of the CSV \
      files, and intervals between levels such as 0.1 and 0.9. They are calibrated on the errors of past \
      windows, for which each network is trained once more.
      """, valueName: "levels"))
  var quantiles = NumberList<Double>([])

  /// The levels, ascending.
  var levels: [Double] { quantiles.numbers.sorted() }

  /// The levels of the models' own quantiles, which are calibrated.
  var modelLevels: [Double] {
    levels.isEmpty ? [] : Quantiles.standardLevels(including: levels)
  }

  func validate() throws {
    try quantiles.checkLevels()
  }
}

/// Options for quantiles of forecasts and of sums.
struct IntervalOptionGroup: ParsableArguments {
  @OptionGroup
  var quantiles: QuantileOptions

  @Option(
    help: ArgumentHelp(
      """
      Write sums.csv with the quantiles of sums over these numbers of steps, separated by commas, such \
      as 7,28. They need --quantiles: the quantiles of a sum are not the sums of quantiles.
      """, valueName: "steps"))
  var sumLengths = NumberList<Int>([])

  func validate() throws {
    for length in sumLengths.numbers { try check(length, "--sum-lengths", in: OptionRange.days) }
    if !sumLengths.numbers.isEmpty && quantiles.levels.isEmpty {
      throw ValidationError(
        "--sum-lengths needs levels for its quantiles, such as --quantiles 0.1,0.9.")
    }
  }

  /// Throws a usage error if a sum is longer than the forecast.
  func checkSums(horizon: Int) throws {
    if let length = sumLengths.numbers.first(where: { $0 > horizon }) {
      throw ValidationError(
        "--sum-lengths must be at most the horizon of \(horizon) steps, but has \(length).")
    }
  }
}

/// Different numbers, separated by commas, such as `7,28`.
struct NumberList<Number: LosslessStringConvertible & Hashable & Sendable>: ExpressibleByArgument {
  let numbers: [Number]

  init(_ numbers: [Number]) { self.numbers = numbers }

  init?(argument: String) {
    let texts = argument.split(separator: ",", omittingEmptySubsequences: false)
    numbers = texts.compactMap { Number(String($0)) }
    guard numbers.count == texts.count, Set(numbers).count == numbers.count else { return nil }
  }

  var defaultValueDescription: String {
    numbers.isEmpty ? "none" : numbers.map(\.description).joined(separator: ",")
  }
}

extension NumberList<Double> {
  /// Checks that the numbers are levels of quantiles.
  func checkLevels() throws {
    if let level = numbers.first(where: { !($0 > 0 && $0 < 1) }) {
      throw ValidationError(
        "--quantiles must be levels between 0 and 1, such as 0.1,0.5,0.9, but has \(level).")
    }
  }
}
