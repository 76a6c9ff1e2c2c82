/// Metrics of the mean, which every forecast has.
extension Metric {
  /// The metrics of the mean, in display order.
  public static let points: [Metric] = [
    .mae, .rmse, .wape, .mase, .rmsse, .mape, .smape, .bias,
  ]

  /// The metrics of the levels of a hierarchy.
  public static let weighted: [Metric] = [.wrmsse, .weightedScaledPinball]

  /// ``Scores/mae``.
  public static let mae = Metric("MAE", .number(decimals: 3), formula: { $0.mae }) { unit, _ in
    "mean absolute error, in \(unit)"
  }

  /// ``Scores/rmse``.
  public static let rmse = Metric("RMSE", .number(decimals: 3), formula: { $0.rmse }) { unit, _ in
    "root mean squared error, in \(unit)"
  }

  /// ``Scores/wape``.
  public static let wape = Metric("WAPE", .percentage, formula: { $0.wape }) { _, _ in
    "sum of absolute errors over the sum of actual values"
  }

  /// ``Scores/mase``.
  public static let mase = Metric("MASE", .number(decimals: 4), formula: { $0.mase }) { _, season in
    "mean absolute error over that of the seasonal naive forecast in the history, a season being "
      + "\(season); the mean of all series"
  }

  /// ``Scores/rmsse``.
  public static let rmsse = Metric("RMSSE", .number(decimals: 4), formula: { $0.rmsse }) { _, _ in
    "the same with squared errors, and a root"
  }

  /// ``Scores/mape``.
  public static let mape = Metric(
    "MAPE", .percentage, detail: .page, formula: { $0.mape }
  ) { _, _ in
    "mean of |error| / |actual|, without the steps at which nothing was sold"
  }

  /// ``Scores/smape``.
  public static let smape = Metric("sMAPE", .percentage, formula: { $0.smape }) { _, _ in
    "mean of |error| / (|forecast| + |actual|)"
  }

  /// ``Scores/bias``.
  public static let bias = Metric(
    "Bias", .number(decimals: 3), direction: .nearer(to: 0), formula: { $0.bias }
  ) { unit, _ in
    "mean of forecast − actual, in \(unit)"
  }

  /// ``Scores/wrmsse``.
  public static let wrmsse = Metric("WRMSSE", .number(decimals: 4), formula: { $0.wrmsse }) {
    _, _ in
    "root mean squared error over that of the naive forecast of the next step in the history; a mean "
      + "over series by weight and over the levels of the hierarchy"
  }
}
