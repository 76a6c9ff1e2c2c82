import Forecasting

/// The contributions of the inputs of a network to the forecast of one series.
///
/// They are integrated gradients from a baseline: the forecast for a window of the same series in which
/// nothing changes. All of its past sales are their mean; every column has its mean over the past
/// steps of the window, also in the future; a category of the series is unknown, and a number of the
/// series has the mean of the other series. The contributions of a step add up to its forecast minus
/// its baseline. They are in units of the target for each step, such as sales per day.
///
/// The network forecasts the demand as if the shop were always open. The forecast of an autoregressive
/// network is that of the path which feeds back the mean of each step, not the mean of its sample paths.
public struct ForecastContributions: Sendable {
  /// The id of the series.
  public let id: String
  /// The forecast steps.
  public let calendar: RegularCalendar
  /// The inputs.
  public let inputs: [ExplainedInput]
  /// The mean forecast of each step, [K].
  public let forecast: [Double]
  /// The forecast of each step for the baseline, [K].
  public let baseline: [Double]
  /// The contribution of each input to each step, row-major [I, K].
  public let contributions: [Double]
  /// The mean contribution over the forecast steps of each input at each step of the window, first
  /// the T past steps and then the K future steps, row-major [I, T + K].
  ///
  /// Properties of the series have no step and are 0 here. The season of the past sales that a
  /// forecast starts from counts at its step of the forecast.
  public let contributionsOverTime: [Double]
  /// The steps of the window: T past steps and K future steps.
  public let windowCalendar: RegularCalendar
  /// The largest number of points on the path from the baseline, over all steps.
  public let pointCount: Int

  /// Explains the forecast of a series.
  ///
  /// The integral has as many points as a ``residual`` of 5e-5 needs, at most ``largestPointCount``,
  /// and fewer if that took more than about half a minute.
  ///
  /// - Parameters:
  ///   - model: The network.
  ///   - panel: The sales. The columns that are known ahead must reach to the end of the forecast.
  ///   - id: The id of the series.
  /// - Throws: `CovariateError` if there is no such series, or if the panel lacks the input of a
  ///   feature; `ForecastError` if the panel has another frequency or if the series has no observed
  ///   value in its window; `HolidayError` if the dates of an event aren't known.
  public init(of model: any FittedNetwork, from panel: Panel, id: String) throws {
    guard let index = panel.index(of: id) else {
      throw CovariateError.noSuchSeries(id: id)
    }
    let layout = model.layout
    try model.check(panel.calendar.frequency, seasonLength: nil)
    guard
      panel.series(at: index)
        .isObserved(within: layout.inputLength, before: panel.calendar.count)
    else {
      throw ForecastError.nothingObserved(id: id)
    }
    let windows = try ExplainedNetwork.differentiable(model).latestWindows(of: panel)
    let explained = ExplainedNetwork(model, windows.windows.table)
    let end = panel.calendar.count
    let inputs = explained.network.inputs(of: windows.batch([index]))
    let firstStep = max(0, panel.steps(at: index).lowerBound - (end - layout.inputLength))
    let statics = Self.meanStatics(of: windows)
    let leveled = inputs.map {
      $0.leveled(windows.encoding, firstStep: firstStep, statics: statics)
    }
    let path = ForecastPath(network: explained.network, from: leveled, to: inputs)
    let (tensors, pointCount) = try path.contributions()
    let sums = ContributionSums(tensors, explained, inputLength: layout.inputLength)

    self.id = id
    self.inputs = explained.inputs
    self.pointCount = pointCount
    forecast = path.ends.to
    baseline = path.ends.from
    contributions = sums.bySteps
    contributionsOverTime = sums.overTime
    calendar = panel.calendar(ofNext: layout.horizon)
    windowCalendar = panel.calendar.slice(end - layout.inputLength..<end + layout.horizon)
  }

  /// The maximum number of points on the path.
  public static let largestPointCount = 8_192

  /// The part of forecast minus baseline that the contributions of a step lack, [K].
  public var residuals: [Double] {
    forecast.indices.map { step in
      forecast[step] - baseline[step]
        - inputs.indices.reduce(0) { $0 + contributions[$1 * forecast.count + step] }
    }
  }

  /// The largest residual of a step, relative to the larger one of the forecast and the baseline.
  public var residual: Double {
    zip(residuals, zip(forecast, baseline)).map { residual, ends in
      let size = max(abs(ends.0), abs(ends.1))
      return size > 0 ? abs(residual) / size : 0
    }.max() ?? 0
  }

  /// Returns the mean of the numeric channels of the series, [S], over at most 256 series.
  private static func meanStatics(of windows: NetworkWindows) -> [Float] {
    guard windows.encoding.staticNumberCount > 0 else { return [] }
    let step = max(1, windows.count / 256)
    let sample = Array(stride(from: 0, to: windows.count, by: step))
    return Array(windows.batch(sample[...]).inputs.statics.mean(axis: 0).scalars)
  }
}
