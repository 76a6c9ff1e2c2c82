import ArgumentParser
import Forecasting
import Foundation
import Reporting

/// `foresight forecast`: creates forecasts, their scores, and a page from a table of sales.
struct ForecastCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "forecast",
    abstract:
      "Forecasts every series of a table with a network, baselines, and their combination.",
    discussion: """
      The table has a row for each series and step. The dates show whether steps are hours, days, \
      business days, weeks, months, quarters, or years. Several sources, such as monthly exports, are \
      read as one table. The last --horizon steps are held out. The networks (--network) are trained on the \
      remaining steps of all series. Their forecasts of the held-out steps are scored together with those of the \
      --baselines and of a combination of all models. Ctrl-C during training ends the training early, and the forecasts use the \
      network trained so far. Ctrl-C at any other time ends the program without writing anything.

      The network also sees columns of the table, values from a second one, and public holidays:

      foresight forecast sales.csv --known price,promotion --static category --country GB --future plan.csv

      The --output directory receives forecasts.csv (the held-out steps), next.csv (the steps after \
      the end of the table), sums.csv (with --sum-lengths), forecast.html (a page to view), and \
      model.safetensors, which can be passed to --model to forecast again without training.
      """)

  @OptionGroup
  var input: SalesSources

  @OptionGroup
  var models: ModelOptions

  @Option(
    help: "The directory for the results, which is created if it does not exist.",
    completion: .directory)
  var output = "forecast-output"

  @Option(
    help: """
      The model.safetensors of an earlier run, to forecast without training. Its horizon and season \
      length are the defaults.
      """,
    completion: .file(extensions: ["safetensors"]))
  var model: String?

  @Flag(
    inversion: .prefixedNo,
    help: """
      Add a combination of all models: a mean of their forecasts, weighted by their errors on the \
      held-out steps. Trains once more to evaluate it. There is none with --model.
      """)
  var combine = true

  @Flag(
    help: """
      Weight all models of the combination equally, and each network of --ensemble as a model, which \
      takes no further training.
      """)
  var equalWeights = false

  @Option(
    help: ArgumentHelp(
      """
      The time of the whole run, such as 90s, 10m, or 1h30m. Networks use what the baselines leave of \
      it for more networks of an ensemble, up to \(NetworkTraining.largestEnsemble), or train fewer steps. \
      The forecasts then depend on the speed of the machine. (default: as long as it takes)
      """, valueName: "time"))
  var budget: DurationArgument?

  @Flag(
    help: """
      Forecast the steps after the end of the table with a model trained on all of it, or with the \
      model evaluated on the held-out steps.
      """)
  var refit = Refit.refit

  @Flag(
    inversion: .prefixedNo,
    help: "Show on the page what the forecasts of the best network depend on.")
  var explain = true

  @Option(
    help: """
      A table of names for the page, with the columns unique_id and description, from a source of \
      the same kinds as the sales.
      """,
    completion: .file())
  var names: String?

  @Option(
    help: ArgumentHelp(
      """
      A panel file with the sums of the series, such as all items of a department in a store, often \
      over more years. It has static columns in common with the series. The sums are forecast like \
      the series, and the recommended forecast of the series is pulled towards them.
      """, valueName: "panel"),
    completion: .file(extensions: ["safetensors"]))
  var sums: String?

  @Option(
    parsing: .unconditional,
    help: "The weight of the forecasts of --sums, from 0 (none) to 1 (series add up to them).")
  var sumsWeight = 0.5

  @OptionGroup
  var format: JSONOption

  @OptionGroup(title: "Reading the table")
  var table: TableOptions

  @OptionGroup(title: "Columns that the network sees")
  var covariates: CovariateOptions

  @OptionGroup(title: "Intervals")
  var intervals: IntervalOptionGroup

  @OptionGroup(title: "Training")
  var training: TrainingOptionGroup

  func validate() throws {
    try table.checkWeekStart(table.tableFrequency, "--table-frequency")
    guard (0...1).contains(sumsWeight) else {
      throw ValidationError("--sums-weight must be from 0 to 1, but is \(sumsWeight).")
    }
    if equalWeights, !combine || model != nil {
      throw ValidationError("--equal-weights is for the combination, but there is none.")
    }
    if budget != nil, let option = training.optionOfTrainingTime {
      throw ValidationError("\(option) and --budget both set the time of the training.")
    }
    if let horizon = models.horizon { try intervals.checkSums(horizon: horizon) }
    if model != nil, let option = budget != nil ? "--budget" : training.firstOption {
      throw ValidationError("\(option) is for training, but --model forecasts without it.")
    }
  }

  func run() throws {
    let start = ContinuousClock.now
    let standardOutput = format.begin()
    models.threads.apply()
    let outputs = try ForecastOutputs(
      in: output, savesModel: model == nil, savesSums: !intervals.sumLengths.numbers.isEmpty)
    let logs = try training.logs()
    let names = try names.map { try SeriesNames(SourceReference($0).open(DelimitedFormat())) }
    let model = try model.map { try KnownTypes.builtIn.network(contentsOf: $0) }
    let sums = try sums.map { try PanelFile.read($0, for: "--sums") }
    if let model { try covariates.check(model) }
    let sales = try SalesInput.reading(input.sources, table, covariates, for: model)
    let namesOfSeries = names.map { $0.names(of: sales.panel.ids, merges: table.mergeIdentities) }
    if let other = namesOfSeries?.spelledOtherwise, !other.isEmpty {
      print(
        "\(other.count) series have no name because the table of names spells their ids differently, such "
          + "as \(other[0].debugDescription) (see --merge-identities)")
    }
    let (results, ofSums, panel) = try AdvisedError.advising {
      try forecast(sales, with: model, sums: sums, logs, since: start)
    }
    models.printLeftOut(results.leftOut)
    printFallbacks(results.models[0].next.forecast)
    if let ofSums { print("\nSums:\n\(ofSums.scoreboard)") }
    print("\n\(results.scoreboard)\n")
    for note in results.notes { print(note) }
    if let report = IntervalReport(results) { print("\(report)\n") }
    print(
      "Recommended: \(results.models[results.recommended].heldOut.name), the first model in next.csv."
    )
    for model in results.models where model.final.trainingEnd == .interrupted {
      print("Training was interrupted by Ctrl-C: \(model.next.name) is not fully trained.")
    }
    if let model, let end = model.trainedUntil, end > results.holdOut.actual.calendar.start {
      print(
        "\(model.name) was also trained on the held-out steps: its scores are better than its forecasts."
      )
    }
    if model == nil {
      print(
        results.models[0].isRefitted
          ? "The forecast beyond the table comes from a model trained on all of it."
          : "The forecast beyond the table comes from the evaluated model.")
    }
    var page = try ReportPage(
      title: title, results, on: sales.panel.closed(on: panel.closing))
    page.names = namesOfSeries?.names ?? sales.names
    page.markBaselines(
      of: results,
      trainedCount: model == nil
        ? training.trainedCount(for: panel, seasonLength: models.seasonLength) : 1,
      baselineCount: models.baselines.names.count)
    page.holidays = covariates.countries.map { HolidayCalendar($0) }
    if explain { page.drivers = results.drivers(on: panel) }
    try outputs.write(results, page: page, idColumn: sales.idColumn, table: table)
    try standardOutput.finish(ForecastSummary(results))
  }

  /// Forecasts a panel with a trained model or, if there is none, with a new one, and the sums of its
  /// series, if there are any.
  ///
  /// - Returns: The results, those of the sums, and the panel with the columns that networks see and with
  ///   its closed days.
  private func forecast(
    _ input: SalesInput, with model: (any FittedNetwork)?, sums: Panel?, _ logs: TrainingLogs?,
    since start: ContinuousClock.Instant
  ) throws -> (ForecastResults, ofSums: ForecastResults?, on: Panel) {
    var sales = input.panel
    var run = ForecastRun(
      horizon: models.horizon ?? model?.layout.horizon ?? sales.usualHorizon,
      seasonLength: models.seasonLength ?? model?.layout.seasonLength)
    run.shortSeries = models.shortSeries
    run.closings = models.closings(isPrepared: input.isPrepared)
    run.refits = refit == .refit
    run.combines = combine
    run.weightsEqually = equalWeights
    run.quantileLevels = intervals.quantiles.levels
    run.sumLengths = intervals.sumLengths.numbers
    try intervals.checkSums(horizon: run.horizon)
    try model?.check(sales.calendar.frequency, seasonLength: models.seasonLength)
    models.printSteps(sales.calendar, horizon: run.horizon, isOfModel: model != nil)
    sales = try covariates.completing(sales, horizon: run.horizon, for: model)
    printColumns(of: sales, with: model)
    let closed = run.closings.closed(sales)
    models.printClosing(closed)
    run.timeLimit = budget.map { max($0.duration - (.now - start), .zero) }
    let networks =
      model.map { [.trained($0)] }
      ?? untrained(
        horizon: run.horizon, on: closed.leavingOutClosedZeros(),
        logs?.observation(of: run, on: sales))
    let baselines = models.baselines.forecasters(
      seasonLength: run.seasonLength, quantileLevels: intervals.quantiles.modelLevels
    ).map { ForecastRun.Model.untrained($0) }
    guard let sums = try sums.map({ try covariates.completing($0, horizon: run.horizon) }) else {
      return (try run(networks + baselines, on: sales), nil, closed)
    }
    let (ofSeries, ofSums) = try run(
      networks + baselines, on: sales,
      reconciledWith: [
        networkOfSums(
          horizon: run.horizon, on: sums, logs?.observation(of: run, on: sales, prefix: "sums-"))
      ] + baselines, on: sums, weight: sumsWeight)
    return (ofSeries, ofSums, closed)
  }

  /// Returns the first network for sums, whose effects multiply if no value is negative. Errors are weighted by
  /// size, since sums are to be added up. It is an ensemble of at least five, since they train fast.
  private func networkOfSums(
    horizon: Int, on sums: Panel, _ observation: NetworkObservation?
  ) -> ForecastRun.Model {
    let head: any ForecastHead = sums.isNonnegative ? TweedieHead() : PointHead(.squared)
    let forecasters = training.forecasters(
      horizon: horizon, seasonLength: models.seasonLength, holidays: covariates.countries,
      leastNetworks: 5, isWatched: true, observation: observation
    ) { _ in head }
    return .untrained(forecasters[0])
  }

  private func untrained(
    horizon: Int, on panel: Panel, _ observation: NetworkObservation?
  ) -> [ForecastRun.Model] {
    var heads: [any ForecastHead] = []
    for architecture in training.architectures {
      let choice = architecture.headChoice(for: panel, levels: intervals.quantiles.modelLevels)
      print("\(architecture.name): the forecast is a mean; \(choice.reason)")
      heads.append(choice.head)
    }
    // Flushing keeps this before the lines of the training if output goes to a file, too.
    fflush(nil)
    let networks = training.forecasters(
      horizon: horizon, seasonLength: models.seasonLength, holidays: covariates.countries,
      isWatched: true, observation: observation
    ) { architecture in
      heads[training.architectures.firstIndex { $0 == architecture }!]
    }
    let trees = training.trees(
      horizon: horizon, seasonLength: models.seasonLength, holidays: covariates.countries,
      for: panel)
    return (networks + trees).map { .untrained($0) }
  }

  private func printFallbacks(_ forecast: Forecast) {
    let fallbacks = forecast.ids.compactMap { id in forecast.fallbacks[id].map { (id, $0) } }
    guard !fallbacks.isEmpty else { return }
    let (show, are) = fallbacks.count == 1 ? ("shows", "is") : ("show", "are")
    print("\(fallbacks.count) series \(show) the model nothing and \(are) forecast by a baseline:")
    models.printList(fallbacks.map { "\($0.0.debugDescription): \($0.1)" })
  }

  /// Lists the columns of the panel that the network sees, and those that it does not.
  private func printColumns(of panel: Panel, with model: (any FittedNetwork)?) {
    let columns = SeenColumns(of: panel, seasonLength: models.seasonLength, by: model)
    if !columns.seen.isEmpty {
      print("columns that the network sees: \(columns.seen.joined(separator: ", "))")
    }
    columns.printUnseen()
    let ofModel = model?.layout.features.known.compactMap { ($0 as? EventFeature)?.calendar.name }
    let countries = ofModel ?? covariates.countries.map(\.rawValue)
    if !countries.isEmpty {
      print("holidays that the network sees: \(Set(countries).sorted().joined(separator: ", "))")
    }
  }

  private var title: String { "Sales forecast: " + MainTable.title(input.sources) }
}

/// The model that forecasts beyond the table.
enum Refit: EnumerableFlag {
  case refit
  case noRefit
}
