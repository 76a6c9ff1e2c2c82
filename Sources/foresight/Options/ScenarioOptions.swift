import ArgumentParser
import Scenarios

/// Options for the changes of a plan.
struct ScenarioOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      """
      A change of a column that is known ahead, such as 'price*0.9', 'price-10%', 'price+0.5', \
      'promotion=1', or 'event=Christmas'. Several changes apply one after another.
      """, valueName: "change"), transform: { try PlanChange($0) })
  var set: [PlanChange] = []

  @Option(
    help: """
      A table of changes, from a source of the same kinds as the sales: the date column, the id column \
      (without it, rows apply to all series), and columns with the values that replace those of the \
      plan. An empty field changes nothing.
      """,
    completion: .file())
  var changes: String?

  @Option(
    help: ArgumentHelp(
      "A series that --set applies to; can be given several times. (default: all series)",
      valueName: "id"))
  var series: [String] = []

  @Option(help: "The first day that --set applies to. (default: the first after the sales)")
  var from: CalendarDateArgument?

  @Option(help: "The last day that --set applies to. (default: the last of the forecast)")
  var to: CalendarDateArgument?

  @Option(
    help: ArgumentHelp(
      """
      The column with the price of a unit, for the revenue and the elasticity, or none. (default: price, \
      if the model sees such a column)
      """, valueName: "column"))
  var priceColumn: String?

  func validate() throws {
    if set.isEmpty, changes == nil {
      throw ValidationError("Name a change, such as --set 'price*0.9' or --changes plan.csv.")
    }
    if set.isEmpty,
      let option = firstGiven([
        ("--series", series.first), ("--from", from), ("--to", to),
      ])
    {
      throw ValidationError("\(option) is for --set, but there is none.")
    }
    if let from, let to, to.date < from.date {
      throw ValidationError("--to \(to.date) is before --from \(from.date).")
    }
  }

  /// The changes of `--set`, with their series and days.
  ///
  /// - Parameter days: The days of the forecast.
  func planChanges(within days: ClosedRange<CalendarDate>) throws -> [PlanChange] {
    let (first, last) = (from?.date ?? days.lowerBound, to?.date ?? days.upperBound)
    guard first <= days.upperBound, last >= days.lowerBound else {
      throw ValidationError(
        "--from and --to name \(first) to \(last), but the forecast has \(days.lowerBound) to "
          + "\(days.upperBound).")
    }
    return set.map { change in
      var change = change
      change.ids = series.isEmpty ? nil : Set(series)
      change.days = first...last
      return change
    }
  }
}
