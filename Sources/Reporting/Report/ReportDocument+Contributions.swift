import Explanation

extension ReportDocument {
  /// The contributions of inputs to the forecast of one series.
  struct Contributions: Encodable {
    var name: String
    /// The inputs, those with the largest contributions first.
    var inputs: [Contribution]
    /// The labels of the steps of the window that contributions come from.
    var window: [String]
    var forecast: PackedNumbers
    var baseline: PackedNumbers
  }

  /// The contribution of an input.
  struct Contribution: Encodable {
    var name: String
    /// The mean contribution to a forecast step.
    var mean: Double
    /// The contributions by the step of the window that they come from.
    var overTime: PackedNumbers
  }
}

extension ReportDocument.Contributions {
  /// Describes contributions under the name of their series.
  ///
  /// - Parameter openSteps: The forecast steps on which the shop is open, which means are over.
  init(of contributions: ForecastContributions, name: String, openSteps: [Int]) {
    self.name = name
    let width = contributions.windowCalendar.count
    inputs = contributions.largest(over: openSteps).map { place, mean in
      ReportDocument.Contribution(
        name: contributions.inputs[place].name, mean: mean.roundedToSixDigits,
        overTime: PackedNumbers(
          contributions.contributionsOverTime[place * width..<(place + 1) * width]))
    }
    window = (0..<width).map(contributions.windowCalendar.label(at:))
    forecast = PackedNumbers(contributions.forecast[...])
    baseline = PackedNumbers(contributions.baseline[...])
  }
}

extension ForecastContributions {
  /// Returns the places of the inputs that contribute something, with their mean contributions to some
  /// steps, the largest first.
  func largest(over steps: [Int]) -> [(place: Int, mean: Double)] {
    let means = means(over: steps)
    return means.indices.filter { means[$0] != 0 }.sorted { abs(means[$0]) > abs(means[$1]) }
      .map { ($0, means[$0]) }
  }
}
