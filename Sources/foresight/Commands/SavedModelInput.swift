import Forecasting

/// A model of an earlier run, and the sales that it forecasts from.
struct SavedModelInput {
  let model: any FittedNetwork
  let sales: SalesInput
  /// The sales with the columns that the model sees up to the end of its forecast, and with the days on
  /// which the shop is closed.
  let panel: Panel

  /// Reads both, and prints the report on the sales.
  init(
    _ argument: SavedModelArgument, _ sources: SalesSources, _ table: TableOptions,
    _ covariates: CovariateOptions
  ) throws {
    let model = try argument.read()
    try covariates.check(model)
    let sales = try SalesInput.reading(sources.sources, table, covariates, for: model)
    panel = try AdvisedError.advising {
      try model.check(sales.panel.calendar.frequency, seasonLength: nil)
      let panel = try covariates.completing(sales.panel, horizon: model.layout.horizon, for: model)
      let closings: ClosingSource = sales.isPrepared ? .panel : .sales
      return closings.closed(panel)
    }
    self.model = model
    self.sales = sales
  }
}
