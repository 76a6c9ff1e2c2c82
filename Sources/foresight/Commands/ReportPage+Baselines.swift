import Forecasting
import Reporting

extension ReportPage {
  /// Marks the models of results that are baselines. They come after the networks; the combination is
  /// last.
  mutating func markBaselines(of results: ForecastResults, networkCount: Int, baselineCount: Int) {
    let models = results.models.dropFirst(networkCount).prefix(baselineCount)
    baselines = Set(models.map(\.heldOut.name))
  }
}
