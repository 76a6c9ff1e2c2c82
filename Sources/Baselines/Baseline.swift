/// A baseline with its name, for tools that offer a choice.
public struct Baseline: Sendable {
  /// The name in commands, such as `seasonal-naive`.
  public let name: String
  /// A Boolean value that indicates whether the baseline is for series with many zeros.
  public let isIntermittent: Bool
  private let make:
    @Sendable (_ seasonLength: Int?, _ quantileLevels: [Double])
      -> any LocalForecaster

  private init(
    _ name: String, isIntermittent: Bool = false,
    _ make: @escaping @Sendable (Int?, [Double]) -> any LocalForecaster
  ) {
    self.name = name
    self.isIntermittent = isIntermittent
    self.make = make
  }

  /// Returns the forecaster.
  ///
  /// - Parameters:
  ///   - seasonLength: The season length in steps, or nil to derive it from the frequency.
  ///     Baselines without a season ignore it.
  ///   - quantileLevels: The levels of the quantiles to forecast.
  public func forecaster(
    seasonLength: Int? = nil, quantileLevels: [Double] = []
  ) -> any LocalForecaster {
    make(seasonLength, quantileLevels)
  }

  /// Returns the baseline with a name, or nil if there is none.
  public static func named(_ name: String) -> Baseline? { all.first { $0.name == name } }

  /// All baselines.
  public static let all: [Baseline] = [
    Baseline("naive") { NaiveForecaster(quantileLevels: $1) },
    Baseline("seasonal-naive") { SeasonalNaiveForecaster(seasonLength: $0, quantileLevels: $1) },
    Baseline("last-year") { LastYearForecaster(quantileLevels: $1) },
    Baseline("drift") { DriftForecaster(quantileLevels: $1) },
    Baseline("mean") { HistoricMeanForecaster(quantileLevels: $1) },
    Baseline("moving-average") { MovingAverageForecaster(windowLength: $0, quantileLevels: $1) },
    Baseline("seasonal-average") {
      SeasonalAverageForecaster(seasonLength: $0, quantileLevels: $1)
    },
    Baseline("ses") { SimpleSmoothingForecaster(quantileLevels: $1) },
    Baseline("holt") { HoltForecaster(quantileLevels: $1) },
    Baseline("holt-winters") { HoltWintersForecaster(seasonLength: $0, quantileLevels: $1) },
    Baseline("ets") { ETSForecaster(seasonLength: $0, quantileLevels: $1) },
    Baseline("theta") { ThetaForecaster(seasonLength: $0, quantileLevels: $1) },
    Baseline("optimized-theta") {
      ThetaForecaster(.optimized, seasonLength: $0, quantileLevels: $1)
    },
    Baseline("dynamic-theta") { ThetaForecaster(.dynamic, seasonLength: $0, quantileLevels: $1) },
    Baseline("dynamic-optimized-theta") {
      ThetaForecaster(.dynamicOptimized, seasonLength: $0, quantileLevels: $1)
    },
    Baseline("auto-theta") { ThetaForecaster(.automatic, seasonLength: $0, quantileLevels: $1) },
    Baseline("mstl") { MSTLForecaster(seasonLengths: $0.map { [$0] }, quantileLevels: $1) },
    Baseline("ridge") { RidgeForecaster(seasonLengths: $0.map { [$0] }, quantileLevels: $1) },
    Baseline("croston", isIntermittent: true) { CrostonForecaster(quantileLevels: $1) },
    Baseline("sba", isIntermittent: true) {
      CrostonForecaster(.syntetosBoylan, quantileLevels: $1)
    },
    Baseline("optimized-croston", isIntermittent: true) {
      CrostonForecaster(.optimized, quantileLevels: $1)
    },
    Baseline("tsb", isIntermittent: true) { TSBForecaster(quantileLevels: $1) },
    Baseline("adida", isIntermittent: true) { ADIDAForecaster(quantileLevels: $1) },
    Baseline("imapa", isIntermittent: true) { IMAPAForecaster(quantileLevels: $1) },
  ]
}
