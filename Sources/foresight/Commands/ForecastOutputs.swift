import Forecasting
import NeuralNetwork
import Reporting

/// The files of `foresight forecast`, and those of `foresight auto` with some more.
struct ForecastOutputs {
  private let directory: OutputDirectory
  private let savesModel, savesSums: Bool

  private static let forecasts = "forecasts.csv"
  private static let next = "next.csv"
  private static let sums = "sums.csv"
  private static let page = "forecast.html"
  private static let model = "model.safetensors"

  /// Checks that the files can be written.
  ///
  /// - Parameters:
  ///   - path: The path of the directory.
  ///   - savesModel: A Boolean value that indicates whether a network is saved.
  ///   - savesSums: A Boolean value that indicates whether there are forecasts of sums.
  ///   - more: The names of further files.
  /// - Throws: An `OutputError` if not.
  init(
    in path: String, savesModel: Bool, savesSums: Bool, more: [String] = []
  ) throws(OutputError) {
    (self.savesModel, self.savesSums) = (savesModel, savesSums)
    directory = try OutputDirectory(
      path,
      files: [Self.forecasts, Self.next] + (savesSums ? [Self.sums] : []) + [Self.page]
        + (savesModel ? [Self.model] : []) + more)
  }

  /// Creates the directory, for a file that is written before the results.
  func makeDirectory() throws(OutputError) { try directory.makeDirectory() }

  /// Writes all results, and what a closure writes to the directory, and prints their paths.
  func write(
    _ results: ForecastResults, page: ReportPage, idColumn: String, table: TableOptions,
    more: (OutputDirectory) throws -> Void = { _ in }
  ) throws {
    func csv(_ models: [ModelForecast]) -> String {
      ForecastTable(models, idColumn: idColumn, timeColumn: table.schema.time).csv()
    }
    let heldOut = results.models.map(\.heldOut)
    let html = try page.advisedHTML()
    try directory.write {
      try directory[Self.forecasts].write(csv(heldOut))
      try directory[Self.next].write(csv(results.recommendedFirst.map(\.next)))
      if savesSums {
        let table = SumTable(
          results.recommendedFirst.map(\.next), idColumn: idColumn, timeColumn: table.schema.time)
        try directory[Self.sums].write(table.csv())
      }
      try directory[Self.page].write(html)
      if savesModel, let network = results.bestNetwork {
        try network.write(to: directory[Self.model].path)
      }
      try more(directory)
    }
  }
}

extension ForecastResults {
  /// The network with the smallest error on the held-out steps, which the model file contains.
  fileprivate var bestNetwork: (any SavableForecaster)? {
    best { $0.final is any SavableForecaster }.flatMap {
      models[$0].final as? any SavableForecaster
    }
  }
}

extension ForecastResults {
  /// Returns what the forecasts of a network depend on: the recommended model, if it is a network, or
  /// else the network with the smallest error on the held-out steps. Prints why if there is nothing to
  /// show; the forecasts don't depend on it.
  ///
  /// - Parameter panel: The panel of the run, with the columns that networks see and its closed days.
  func drivers(on panel: Panel) -> ForecastDrivers? {
    let best = best { $0.final is any FittedNetwork }
    let places = [recommended] + (best.map { [$0] } ?? [])
    let networks = places.compactMap { models[$0].final as? any FittedNetwork }
    guard let network = networks.first else { return nil }
    do { return try ForecastDrivers(of: network, on: panel.leavingOutClosedZeros()) } catch {
      print("The page does not show what drove the forecast: \(error)")
      return nil
    }
  }
}

extension ReportPage {
  /// Creates the page of a run.
  ///
  /// - Parameters:
  ///   - title: The title.
  ///   - results: The results.
  ///   - panel: The panel of the run with its closed days, which may have more series.
  init(title: String, _ results: ForecastResults, on panel: Panel) throws {
    let models = results.recommendedFirst
    self.init(
      title: title, panel: try panel.selecting(ids: results.holdOut.history.ids),
      windows: [PastForecasts(models.map(\.heldOut))], next: models[0].next)
    seasonLength = results.holdOut.seasonLength
  }
}
