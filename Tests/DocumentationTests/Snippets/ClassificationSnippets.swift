// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import Forecasting
import Testing

/// The examples of classifiers and their scores.
@Suite struct ClassificationSnippets {
  /// Customers who buy in runs of days.
  private static let sales = Panel(
    calendar: RegularCalendar(start: CalendarDate(year: 2023, month: 1, day: 2)!, count: 120),
    series: (0..<6).map { index in
      Series(
        id: index == 0 ? "tote bag" : "c\(index)",
        values: (0..<120).map { ($0 * (index + 3)) % 31 < 12 ? 1 : 0 })
    })

  @Test func classifyingWindows() throws {
    let history = Self.sales
    // begin
    let classifier = SequenceClassifier(
      of: .noSales, windows: WindowSpecification(horizon: 7),
      architecture: GRUArchitecture(hiddenSize: 16))
    let model = try classifier.fit(history)
    let probabilities = try model.probabilities(after: history)
    print(probabilities.values.count, probabilities["tote bag"] ?? .nan)
    // end
    #expect(probabilities["tote bag"] != nil)
  }

  @Test func evaluatingAClassifier() throws {
    let sales = Self.sales
    // begin
    var classifier = SequenceClassifier(
      of: .noSales, windows: WindowSpecification(horizon: 7), architecture: TCNArchitecture(),
      training: NetworkTraining(epochs: 5))
    classifier.validationSteps = 14
    let model = try classifier.fit(sales.dropping(last: 28))

    let evaluation = try model.evaluate(on: sales)
    print(evaluation.scores)                        // AUC, average precision, log loss, Brier score
    print(evaluation.counts(threshold: 0.3))        // accuracy, precision, recall, F1
    let calibration = evaluation.calibration()
    for bin in calibration.bins where bin.count > 0 {
      print(bin.range, bin.count, bin.meanProbability!, bin.positiveShare!)
    }
    print(calibration.expectedError ?? .nan)
    // end
    #expect(evaluation.windows.count == 6 * 22)
  }

  @Test func countingDecisions() {
    // begin
    let counts = ClassificationCounts(
      of: Tensor<Float>([0.1, 0.4, 0.35, 0.8]), against: Tensor([0, 0, 1, 1]), threshold: 0.3)
    print(counts)   // accuracy 0.7500, precision 0.6667, recall 1.0000, F1 0.8000
    // end
    #expect(counts.description == "accuracy 0.7500, precision 0.6667, recall 1.0000, F1 0.8000")
  }
}
