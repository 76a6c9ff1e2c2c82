import Forecasting
import NeuralNetwork

extension Suites {
  /// A training batch of windows from the columns of a panel's features.
  static var windows: [Case] {
    [(64, 28), (256, 28), (256, 56)].map { batch, inputLength in
      Case(
        suite: "windows", name: "batch B\(batch) T\(inputLength) F16 K7", tolerance: 1e-6
      ) {
        try WindowsWork(
          RandomSales.panel(seriesCount: 1000, dayCount: 730), batchSize: batch,
          inputLength: inputLength, horizon: 7)
      }
    }
  }
}

/// A workload whose calls create the next of many batches of windows, drawn at random like a
/// trainer's.
private struct WindowsWork: Workload {
  private let windows: FeatureWindows
  private let reference: ReferenceWindows
  private let numbers: [Int]
  private let batchSize: Int
  private var next = 0

  /// Sixteen features: the sales, six features of their history, and nine of the calendar.
  private static let features = FeatureSet(
    past: [
      Column(.target), Lag(of: .target, by: 7), Lag(of: .target, by: 14), Lag(of: .target, by: 28),
      Rolling(.mean, of: .target, window: 7), Rolling(.mean, of: .target, window: 28),
      Rolling(.zeroShare, of: .target, window: 28),
    ],
    known: [
      CalendarFeature(.dayOfWeek, as: .oneHot), FourierTerms(period: 365.25, order: 1),
    ])

  init(_ panel: Panel, batchSize: Int, inputLength: Int, horizon: Int) throws {
    windows = try FeatureWindows(
      of: panel, Self.features, inputLength: inputLength, horizon: horizon)
    reference = ReferenceWindows(panel, inputLength: inputLength, horizon: horizon)
    var generator = Xoshiro256(seed: 8)
    numbers = windows.drawing(100 * batchSize, using: &generator).numbers
    self.batchSize = batchSize
  }

  var checkedCallCount: Int { 2 }

  mutating func run() { keep(windows.batch(nextNumbers())) }

  mutating func results() -> [(name: String, value: Tensor<Float>)] {
    let batch = windows.batch(nextNumbers())
    return [
      ("history", batch.history), ("history mask", batch.historyMask), ("future", batch.future),
      ("future mask", batch.futureMask), ("targets", batch.targets),
    ]
  }

  mutating func referenceResults() -> [[Float]] {
    // All series cover the whole panel, so each has the same number of windows, one per end of
    // history.
    let windowsOfSeries = windows.count / windows.table.panel.seriesCount
    let numbers = nextNumbers()
    return reference.batch(
      series: numbers.map { $0 / windowsOfSeries },
      ends: numbers.map { windows.inputLength + $0 % windowsOfSeries })
  }

  func metrics(of timing: Timing) -> [Metric] {
    let rate = Double(batchSize) / timing.times.median
    return [Metric(name: "windows_per_s", value: rate, text: "\(rate.digits(3)) windows/s")]
  }

  private mutating func nextNumbers() -> ArraySlice<Int> {
    defer { next = (next + batchSize) % numbers.count }
    return numbers[next..<next + batchSize]
  }
}
