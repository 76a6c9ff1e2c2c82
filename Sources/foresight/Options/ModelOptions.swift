import ArgumentParser
import Forecasting

/// Options for the steps to forecast and the models, which all commands that forecast share.
struct ModelOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: """
      The number of steps to forecast. (default: 48 hours, 28 days, 20 business days, 13 weeks, 12 months, \
      8 quarters or 6 years, but less for short data)
      """)
  var horizon: Int?

  @Option(
    parsing: .unconditional,
    help: "Season length, in steps. (default: 24 hours, 7 days, 52 weeks …)")
  var seasonLength: Int?

  @Option(
    help: """
      The baselines that are judged beside the network, separated by commas, or none: \
      \(BaselineList.allNames).
      """)
  var baselines = BaselineList.standard

  @Option(
    help: """
      How to handle series that have no observed value in the model's window: fall-back (forecast their \
      last season's mean, or for new ones that of similar series), reject, or leave-out.
      """)
  var shortSeries = ShortSeriesPolicy.fallBack

  @Option(
    help: """
      How to forecast days on which the shop is closed: zero or keep (as other days). A panel file \
      contains these days. In a table they are detected: weekdays without a sale, and days such as \
      December 25 that were closed at least twice.
      """)
  var closedDays = ClosedDayForecasts.zero

  @OptionGroup
  var threads: ThreadOption

  func validate() throws {
    try check(horizon, "--horizon", in: OptionRange.days)
    try check(seasonLength, "--season-length", in: OptionRange.days)
  }

  /// Returns the source from which a run obtains the closed days.
  ///
  /// - Parameter isPrepared: A Boolean value that indicates whether the sales are a prepared panel.
  func closings(isPrepared: Bool) -> ClosingSource { closedDays.source(isPrepared: isPrepared) }
}

// MARK: - Lines about a run

extension ModelOptions {
  /// Prints the frequency and the horizon, which the user may not have chosen.
  func printSteps(_ calendar: RegularCalendar, horizon: Int, isOfModel: Bool = false) {
    let frequency = calendar.frequency
    print(
      "frequency: \(frequency), \(calendar.count.counted(frequency.unit)) from "
        + "\(calendar.label(at: 0)) to \(calendar.label(at: calendar.count - 1))")
    print(
      "horizon: \(horizon.counted(frequency.unit))"
        + (self.horizon != nil
          ? "" : isOfModel ? ", that of the model" : " (--horizon chooses another)"))
  }

  /// Prints the days and series that are forecast as 0.
  func printClosing(_ sales: Panel) {
    if !sales.closing.isEmpty {
      print("closed: \(sales.closing); the forecast is 0 there (--closed-days keep forecasts them)")
    }
    for value in sales.closingValues {
      print(
        "nothing is sold at \(value), so the forecast is 0 there (--closed-days keep forecasts it)")
    }
    let ended = sales.seriesCount - sales.onSale.count
    if ended > 0 { print("\(ended) series not on sale: the forecast is 0") }
  }

  /// Prints the series that a run left out.
  func printLeftOut(_ ids: [String]) {
    guard !ids.isEmpty else { return }
    print("\(ids.count) series left out because they have no observed value in the window:")
    printList(ids.map(\.debugDescription))
  }

  /// Prints the first lines of a list.
  func printList(_ lines: [String]) {
    let limit = 20
    for line in lines.prefix(limit) { print("  \(line)") }
    if lines.count > limit { print("  and \(lines.count - limit) more") }
  }
}
