internal import Tensor
import TimeSeries

/// Own-price elasticities of demand, estimated from past sales: the percentage by which sales change if
/// the price rises by one percent.
///
/// Each series has a Poisson regression of its sales on the logarithm of its price, with the season, a
/// linear trend, and the other columns that are known ahead as controls. Steps that are closed or not
/// observed, that have no price above 0, or whose sales are negative are left out. Estimates of many
/// series are noisy, so they are also pulled towards their mean by the method of DerSimonian & Laird
/// (1986).
///
/// ```swift
/// let elasticities = try PriceElasticities(of: "price", in: panel)
/// print(elasticities.mean!.value, elasticities.mean!.interval)
/// ```
///
/// The estimates describe what went together. A price that was cut when demand was expected to rise, or
/// that is an average in which bulk buyers pay less, makes them too large.
public struct PriceElasticities: Sendable {
  /// A reason why a series has no estimate of its own.
  public enum Reason: Sendable, Hashable, CaseIterable {
    /// The column has no price above 0 in the history.
    case noPrice
    /// The price never changed.
    case constantPrice
    /// The price changed fewer than ``PriceElasticities/leastPriceChanges`` times. Sales before and after
    /// a single change differ for many reasons.
    case fewPriceChanges
    /// There are fewer than ``PriceElasticities/leastSteps`` steps with a price, or no sales in them.
    case tooFewSales
    /// The price changed only together with the season, the trend, or other columns.
    case notSeparable
  }

  /// The elasticity of one series.
  public struct Series: Sendable {
    /// The id of the series.
    public let id: String
    /// The number of times that the price changed.
    public let priceChanges: Int
    /// The estimate from the sales of the series, or the reason why there is none.
    public let own: Result<EffectEstimate, Reason>
    /// The estimate pulled towards the mean of all series or, without an estimate of its own, that
    /// mean. It is nil if there are fewer than three estimates.
    public fileprivate(set) var pooled: EffectEstimate?
  }

  /// The number of steps with a price that an estimate needs.
  public static let leastSteps = 20
  /// The number of price changes that an estimate needs.
  public static let leastPriceChanges = 3

  /// The name of the column of prices.
  public let column: String
  /// The series, in the order of the panel.
  public private(set) var series: [Series]
  /// The mean elasticity of a series, or nil if there are fewer than three estimates.
  public let mean: EffectEstimate?
  /// The standard deviation between the elasticities of the series, without the noise of their
  /// estimates, or nil if there are fewer than three estimates.
  public let deviation: Double?

  /// Estimates the elasticity of each series.
  ///
  /// - Parameters:
  ///   - column: The name of the column with the price of a unit, which is known ahead.
  ///   - panel: The sales.
  /// - Throws: A `CovariateError` if the panel has no such column of numbers.
  public init(of column: String, in panel: Panel) throws(CovariateError) {
    let price = try panel.knownCovariate(column)
    guard price.kind == .numeric else { throw .otherKind(column: column, asked: .numeric) }
    let regressors = DemandRegressors(of: panel, price: price)
    var series = parallelMap(panel.seriesCount) { index in
      Self.series(at: index, of: panel, regressors)
    }
    let shrinkage = Shrinkage(of: series.compactMap { try? $0.own.get() })
    if let shrinkage {
      for place in series.indices {
        series[place].pooled =
          switch series[place].own {
          case .success(let own): shrinkage.shrunken(own)
          case .failure: shrinkage.effectOfOther
          }
      }
    }
    self.column = column
    self.series = series
    mean = shrinkage?.mean
    deviation = shrinkage?.variance.squareRoot()
  }

  /// The number of series without an estimate of their own for a reason.
  public func count(without reason: Reason) -> Int {
    series.count { if case .failure(reason) = $0.own { true } else { false } }
  }

  private static func series(
    at index: Int, of panel: Panel, _ regressors: DemandRegressors
  ) -> Series {
    let rows = regressors.rows(of: index)
    return Series(
      id: panel.ids[index], priceChanges: rows.priceChanges,
      own: estimate(rows) { regressors.columns(of: index, at: rows) })
  }

  private static func estimate(
    _ rows: DemandRegressors.Rows, columns: () -> [[Double]]
  ) -> Result<EffectEstimate, Reason> {
    if rows.steps.isEmpty { return .failure(.noPrice) }
    if rows.priceChanges == 0 { return .failure(.constantPrice) }
    if rows.priceChanges < leastPriceChanges { return .failure(.fewPriceChanges) }
    guard rows.steps.count >= leastSteps, rows.sales.contains(where: { $0 > 0 }) else {
      return .failure(.tooFewSales)
    }
    let (kept, all) = rows.withoutSeparated(columns())
    var basis = OrthogonalBasis()
    // A column that only differed on removed rows tells nothing more.
    let columns = all.filter { basis.add($0) }
    let count = kept.steps.count
    guard basis.add(kept.logPrices), count > columns.count + 1,
      let fit = PoissonRegression(
        of: kept.sales, on: columns + [kept.logPrices], lags: lags(count))
    else { return .failure(.notSeparable) }
    let place = columns.count
    let variance = fit.covariance[place * (place + 1) + place]
    // Between two changes, a price says nothing new.
    let freedom = max(1, min(kept.priceChanges, count - place - 1))
    return .success(
      EffectEstimate(
        value: fit.coefficients[place], standardError: max(0, variance).squareRoot(),
        degreesOfFreedom: freedom))
  }

  /// Returns the number of lags for a number of rows by the rule of Newey & West (1994).
  private static func lags(_ count: Int) -> Int {
    Int(4 * Double.pow(Double(count) / 100, 2.0 / 9))
  }
}

extension PriceElasticities.Reason: Error, CustomStringConvertible {
  public var description: String {
    switch self {
    case .noPrice: "no price"
    case .constantPrice: "the price never changed"
    case .fewPriceChanges: "the price changed less than three times"
    case .tooFewSales: "too few sales"
    case .notSeparable: "the price changed only together with the season or other columns"
    }
  }
}

extension DemandRegressors.Rows {
  /// Returns the rows and the columns without those that predict that nothing is sold: steps that have a
  /// 1 in a column of zeros and ones that is 1 on no step with sales.
  ///
  /// The likelihood has no maximum with them, and they tell nothing about the other coefficients.
  fileprivate func withoutSeparated(_ columns: [[Double]]) -> (Self, [[Double]]) {
    var rows = self
    var columns = columns
    while let place = columns.firstIndex(where: { $0.predictsNothing(rows.sales) }) {
      let kept = columns[place].indices.filter { columns[place][$0] == 0 }
      columns.remove(at: place)
      columns = columns.map { column in kept.map { column[$0] } }
      rows = Self(
        steps: kept.map { rows.steps[$0] }, sales: kept.map { rows.sales[$0] },
        logPrices: kept.map { rows.logPrices[$0] })
    }
    return (rows, columns)
  }
}

extension [Double] {
  fileprivate func predictsNothing(_ sales: [Double]) -> Bool {
    contains(0) && allSatisfy { $0 == 0 || $0 == 1 }
      && zip(self, sales).allSatisfy { $0 == 0 || $1 == 0 }
  }
}
