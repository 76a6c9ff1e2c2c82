import ArgumentParser
import Forecasting

/// Options for preparing a panel from a shop's raw records.
struct PreparationOptionGroup: ParsableArguments {
  @Option(
    help: """
      The frequency of the panel: hour, day, business-day, week, month, quarter, or year. (default: \
      that of the table, or day for order lines)
      """)
  var frequency: FrequencyName?

  @Option(
    help: """
      How to handle a first or last period that the records only partly cover: leave-out or keep. A \
      day is partial if its orders end early.
      """)
  var partialPeriods = PartialPeriods.leaveOut

  @OptionGroup(title: "What the columns mean")
  var schema: SchemaOptions

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  @OptionGroup(title: "Order lines")
  var orders: OrderOptionGroup

  @OptionGroup(title: "Cleaning")
  var cleaning: CleaningOptionGroup

  func validate() throws {
    try table.checkWeekStart(frequency ?? table.tableFrequency, "--frequency")
    if let steps = table.steps, let panelSteps, !steps.nests(in: panelSteps) {
      throw ValidationError(
        "--frequency must be --table-frequency or a longer step that it divides evenly, but is "
          + "\((frequency ?? .day).rawValue).")
    }
  }

  /// The frequency of the panel, or `nil` to keep the table's frequency.
  private var panelSteps: Frequency? {
    frequency?.frequency(table.weekStart ?? .monday) ?? table.steps
  }

  /// Returns the preparation that the options describe.
  func preparation() throws -> Preparation {
    var preparation = Preparation(try schema.dataSchema(table))
    switch preparation.schema.main {
    case .orders(let columns, let rules):
      if let option = table.firstRowOption ?? table.negativeValues.map({ _ in "--negative-values" })
        ?? table.tableFrequency.map({ _ in "--table-frequency" })
      {
        throw ValidationError("\(option) is not for order lines.")
      }
      preparation.schema.main = .orders(columns, orders.rules(rules))
    case .long, .wide:
      if let option = orders.firstOption {
        throw ValidationError("\(option) is for order lines, but the table has none.")
      }
    }
    if case .wide = preparation.schema.main, let option = table.firstRowOption {
      throw ValidationError("\(option) is not for wide tables.")
    }
    preparation.format = table.format
    preparation.frequency = panelSteps
    preparation.policy = table.policy()
    if let measure = orders.measure { preparation.target = measure }
    if let measures = orders.measures?.measures { preparation.measures = measures }
    if let by = orders.by { preparation.grouping = by }
    preparation.keepsPartialPeriods = partialPeriods == .keep
    preparation.cleaning = cleaning.pipeline
    return preparation
  }
}

/// How to handle periods that the records only partly cover.
enum PartialPeriods: String, ExpressibleByArgument, CaseIterable {
  case leaveOut = "leave-out"
  case keep
}
