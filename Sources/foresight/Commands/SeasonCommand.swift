import ArgumentParser
import Forecasting
import Foundation
import Reporting
import Seasons

/// `foresight season`: forecasts a selling season and its growth over last year.
struct SeasonCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "season",
    abstract:
      "Forecasts a season such as Christmas, its growth over last year, and what to stock up.",
    discussion: """
      The sales before --from are the history. They are prepared as by foresight prepare, or come from \
      its panel file. Each series, each category, and their total are forecast up to --to by a \
      combination of a network, the baselines, and last year's season. If the table also has the sales of the season, they \
      are shown next to the forecast, with its errors and those of three rules: last year's season \
      multiplied by the growth since then, the last week repeated, and the mean of the last days.

      foresight season orders.csv --preset online-retail --from 2011-11-01 --to 2011-12-09 --country GB \
      --category 'Christmas=*CHRISTMAS*,*ADVENT*' --category 'Bags=*BAG*'

      The --output directory receives season.csv (a row for the total, each category, and each series), \
      steps.csv (the forecast of each series and step), and season.html (a page to view).
      """)

  @Argument(
    help: ArgumentHelp(
      "A panel file of foresight prepare, or the table in one or more sources: \(SourceReference.help)"
    ),
    completion: .file())
  var sources: [String]

  @Option(name: .customLong("from"), help: "The first day of the season, such as 2011-11-01.")
  var firstDay: CalendarDateArgument

  @Option(name: .customLong("to"), help: "The last day of the season, such as 2011-12-09.")
  var lastDay: CalendarDateArgument

  @Option(
    help: ArgumentHelp(
      """
      A category of items and the patterns of their names or ids: 'Bags=*BAG*,*TOTE*'. Can be repeated; \
      the first that matches counts.
      """, valueName: "name=patterns"))
  var category: [CategoryArgument] = []

  @Option(
    help: "The columns of categories to forecast. (default: the levels of the panel)")
  var groups: NameList?

  @Option(
    parsing: .unconditional,
    help: "The weight of the forecasts of categories in those of series, from 0 to 1.")
  var sumsWeight = 0.5

  @Option(
    help: """
      The baselines that are combined with the network and last year's season, separated by commas, or none: \
      \(BaselineList.allNames).
      """)
  var baselines = BaselineList.standard

  @OptionGroup
  var threads: ThreadOption

  @Flag(help: "Use only the baselines, without training a network.")
  var noNetwork = false

  @Option(
    help: "The directory for the results, which is created if it does not exist.",
    completion: .directory)
  var output = "season-output"

  @OptionGroup
  var format: JSONOption

  @OptionGroup
  var preparation: PreparationOptionGroup

  @OptionGroup(title: "What is known ahead")
  var ahead: KnownAheadOptions

  @OptionGroup(title: "Training")
  var training: TrainingOptionGroup

  func validate() throws {
    try SourceReference.checkDistinct(sources)
    guard (0...1).contains(sumsWeight) else {
      throw ValidationError("--sums-weight must be from 0 to 1, but is \(sumsWeight).")
    }
    if noNetwork { try training.checkNoNetwork(baselines, purpose: "to forecast with") }
  }

  func run() throws {
    let standardOutput = format.begin()
    threads.apply()
    let outputs = try SeasonOutputs(in: output)
    let logs = try training.logs()
    let season = try Season(from: firstDay.date, to: lastDay.date)
    let sales = try SeasonSales(
      sources, before: season, preparation, categories: category.map(\.category))
    print(sales.report)
    let (results, check) = try AdvisedError.advising { try forecast(sales, logs) }
    print("\n\(SeasonReport(results: results, check: check, names: sales.names))\n")
    var page = SeasonPage(title: "Season forecast: " + MainTable.title(sources), results, check)
    page.names = sales.names
    page.holidays = try ahead.holidays(from: sales.season.firstDay, to: sales.season.lastDay)
    try outputs.write(page)
    try standardOutput.finish(SeasonSummary(results, check))
  }

  private func forecast(
    _ sales: SeasonSales, _ logs: TrainingLogs?
  ) throws -> (SeasonResults, SeasonCheck?) {
    var run = SeasonRun(sales.season)
    run.columns = groups?.names ?? sales.history.levels
    run.sumsWeight = sumsWeight
    let span = try sales.season.span(after: sales.history.calendar)
    let history = try ahead.completing(sales.history, horizon: span.horizon)
    let results = try run(forecasters(span.horizon, for: history, logs), on: history)
    guard let actual = sales.actual else { return (results, nil) }
    let checked = try results.checked(against: actual)
    return (checked.results, checked.check)
  }

  /// Returns the networks, boosted trees, and the baselines, among them last year's season.
  private func forecasters(
    _ horizon: Int, for history: Panel, _ logs: TrainingLogs?
  ) -> [any Forecaster] {
    let levels = Quantiles.standardLevels(including: [])
    var names = baselines.names
    if !names.contains("last-year") { names.append("last-year") }
    let others = BaselineList(names).forecasters(seasonLength: nil, quantileLevels: levels)
    guard !noNetwork else { return others }
    let networks = training.forecasters(
      horizon: horizon, seasonLength: nil, quantileLevels: levels,
      holidays: ahead.countries, isWatched: true,
      // The sums of categories and the items are trained on alike.
      observation: logs?.observation { "\($0.seriesCount)-series-until-\($0.lastStep)" })
    let trees = training.trees(
      horizon: horizon, seasonLength: nil, holidays: ahead.countries, for: history)
    return networks + trees + others
  }
}

/// A category and patterns of its items, such as `Bags=*BAG*,*TOTE*`.
struct CategoryArgument: ExpressibleByArgument {
  let category: CategoryRules.Category

  init?(argument: String) {
    let parts = argument.split(separator: "=", maxSplits: 1)
    guard parts.count == 2 else { return nil }
    category = CategoryRules.Category(
      String(parts[0]), patterns: parts[1].split(separator: ",").map(String.init))
  }
}
