import Forecasting

/// The forecasts of a model if a column that is known ahead has other values after the end of the
/// sales (Friedman 2001), with a curve for each series (Goldstein et al. 2015).
///
/// All future steps of the column get a value, its features are computed again, and the model
/// forecasts. Everything else stays as it is. This works with any fitted forecaster.
///
/// ```swift
/// let dependence = try PartialDependence(of: model, on: "price", from: panel, horizon: 7)
/// print(dependence.settings[0], dependence.means[0])
/// ```
///
/// The curves show what the model would forecast, and not what would be sold: a model that never saw
/// a discount of half the price makes something up.
public struct PartialDependence: Sendable {
  /// The values of the column after the end of the sales.
  public enum Setting: Sendable, Hashable, CustomStringConvertible {
    /// The same number everywhere.
    case number(Double)
    /// The panel's own numbers, times a factor.
    case factor(Double)
    /// The same category everywhere.
    case category(String)

    public var description: String {
      switch self {
      case .number(let number): number.shortDecimal
      case .factor(let factor): "\(factor.shortDecimal) times"
      case .category(let name): name
      }
    }
  }

  /// The name of the column.
  public let column: String
  /// The settings, S.
  public let settings: [Setting]
  /// The ids of the series, N.
  public let ids: [String]
  /// The mean forecast of a step of each series for each setting, row-major [N, S].
  public let curves: [Double]

  /// The mean of the curves, [S].
  public var means: [Double] {
    settings.indices.map { place in
      stride(from: place, to: curves.count, by: settings.count).reduce(0) { $0 + curves[$1] }
        / Double(ids.count)
    }
  }

  /// Computes the curves of the series with the largest recent sales.
  ///
  /// - Parameters:
  ///   - model: The model.
  ///   - column: The name of a known-future column.
  ///   - panel: The sales, with the column up to the end of the forecast.
  ///   - horizon: The number of steps to forecast.
  ///   - settings: The settings, or nil for ``settings(for:in:)``.
  ///   - seriesLimit: The maximum number of series.
  /// - Throws: `CovariateError` if the panel lacks the column, and the errors of the forecast.
  public init(
    of model: any FittedForecaster, on column: String, from panel: Panel, horizon: Int,
    settings: [Setting]? = nil, seriesLimit: Int = 200
  ) throws {
    let chosen = try settings ?? Self.settings(for: column, in: panel)
    let shown = panel.selecting(panel.largest(seriesLimit, for: model))
    var byColumn: [[Double]] = []
    for setting in chosen {
      try Task.checkCancellation()
      let changed = try shown.applying(setting, to: column)
      let forecast =
        shown.seriesCount == 0 ? nil : try model.demand(from: changed, horizon: horizon)
      byColumn.append(
        shown.ids.indices.map { index in
          forecast!.values(at: index).reduce(0, +) / Double(horizon)
        })
    }
    self.column = column
    self.settings = chosen
    ids = shown.ids
    curves = shown.ids.indices.flatMap { index in byColumn.map { $0[index] } }
  }

  /// Returns settings that suit a column: all of its values if there are at most 8, factors from 0.7
  /// to 1.3 for a number that is always positive and differs between series, such as a price, and
  /// otherwise quantiles; at most 12 categories.
  ///
  /// - Throws: `CovariateError` if the panel has no such column.
  public static func settings(
    for column: String, in panel: Panel
  ) throws(CovariateError) -> [Setting] {
    let known = try panel.knownCovariate(column)
    if let vocabulary = known.vocabulary {
      return vocabulary.names.prefix(12).map { .category($0) }
    }
    var numbers: [Double] = []
    for row in known.rows {
      let (values, missing) = known.numbers(row: row)
      numbers += zip(values, missing).compactMap { $1 ? nil : $0 }
    }
    numbers.sort()
    guard let smallest = numbers.first else { return [] }
    var different: [Double] = []
    for number in numbers where number != different.last {
      different.append(number)
      if different.count > 8 { break }
    }
    if different.count <= 8 { return different.map { .number($0) } }
    if smallest > 0, !known.isShared {
      return [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3].map { .factor($0) }
    }
    var quantiles: [Double] = []
    for level in [0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95] {
      let quantile = numbers[Int(level * Double(numbers.count - 1))]
      if quantile != quantiles.last { quantiles.append(quantile) }
    }
    return quantiles.map { .number($0) }
  }
}

extension Panel {
  /// Returns the panel with a column that has other values after its end.
  fileprivate func applying(
    _ setting: PartialDependence.Setting, to column: String
  ) throws(CovariateError) -> Panel {
    switch setting {
    case .number(let number): try mappingFuture(of: column) { _ in number }
    case .factor(let factor): try mappingFuture(of: column) { $0.map { $0 * factor } }
    case .category(let name): try settingFuture(of: column, to: name)
    }
  }

  /// Returns the indices of the series with the largest recent sales that a model can forecast, the
  /// largest first.
  package func largest(_ limit: Int, for model: any FittedForecaster) -> [Int] {
    let volumes = onSale.compactMap { index -> (index: Int, volume: Double)? in
      let series = series(at: index)
      guard series.isObserved(within: model.lookback, before: calendar.count) else { return nil }
      let recent = series.values.suffix(model.lookback ?? series.values.count)
      return (index, recent.reduce(0) { $0 + abs($1) })
    }
    return volumes.sorted { ($1.volume, $0.index) < ($0.volume, $1.index) }.prefix(limit).map(
      \.index)
  }
}

extension FittedNetwork {
  /// Returns the columns of a panel that are known ahead and that the network sees.
  package func knownColumns(of panel: Panel) -> [String] {
    layout.features.known.compactMap { ($0 as? Column)?.source.name }
      .filter { panel.role(of: $0) == .known }
  }
}
