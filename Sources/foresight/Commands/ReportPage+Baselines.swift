import Forecasting
import Reporting

extension ReportPage {
  /// Marks the models of results that are baselines. They come after the trained models; the combination is
  /// last.
  mutating func markBaselines(of results: ForecastResults, trainedCount: Int, baselineCount: Int) {
    let models = results.models.dropFirst(trainedCount).prefix(baselineCount)
    baselines = Set(models.map(\.heldOut.name))
  }
}
