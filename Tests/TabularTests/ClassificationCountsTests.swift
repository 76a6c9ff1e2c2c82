import Safetensors
import Tabular
import TestSupport
import Testing

/// Figures are of scikit-learn 1.9.1, with:
///
///     y = np.array([0, 1, 1, 0, 1, 0, 0, 1, 0])
///     p = np.array([0.1, 0.4, 0.35, 0.4, 0.8, 0, 0.2, 1, 0.65])
@Suite struct ClassificationCountsTests {
  private static let classes = Tensor<Double>([0, 1, 1, 0, 1, 0, 0, 1, 0])
  private static let probabilities = Tensor<Double>([0.1, 0.4, 0.35, 0.4, 0.8, 0, 0.2, 1, 0.65])

  // d = (p >= 0.4).astype(int)
  // print(confusion_matrix(y, d), accuracy_score(y, d), precision_score(y, d),
  //       recall_score(y, d), f1_score(y, d))
  @Test func followScikitLearn() throws {
    let counts = ClassificationCounts(
      of: Self.probabilities, against: Self.classes, threshold: 0.4)
    #expect(counts.trueNegatives == 3 && counts.falsePositives == 2)
    #expect(counts.falseNegatives == 1 && counts.truePositives == 3)
    #expect(counts.count == 9)
    #expect(abs(try #require(counts.accuracy) - 0.6666666666666666) < 1e-12)
    #expect(abs(try #require(counts.precision) - 0.6) < 1e-12)
    #expect(abs(try #require(counts.recall) - 0.75) < 1e-12)
    #expect(abs(try #require(counts.f1) - 0.6666666666666666) < 1e-12)
  }

  @Test func leaveUndefinedWhatIsUndefined() {
    let counts = ClassificationCounts(of: Tensor<Float>([0.2, 0.1]), against: Tensor([0, 0]))
    #expect(
      counts.description == "accuracy 1.0000, precision –, recall –, F1 –")
    let none = ClassificationCounts(of: Tensor<Float>.zeros([0]), against: .zeros([0]))
    #expect(none.accuracy == nil)
  }

  // share, mean = calibration_curve(y, p, n_bins=5)
  // bins = np.searchsorted(np.linspace(0, 1, 6)[1:-1], p); n = np.bincount(bins, minlength=5)
  // print(share, mean, n, (np.abs(share - mean) * n[n > 0]).sum() / 9)
  @Test func calibrationFollowsScikitLearn() throws {
    let table = CalibrationTable(
      of: Self.probabilities, against: Self.classes, binCount: 5)
    #expect(table.bins.map(\.count) == [3, 3, 0, 2, 1])
    let filled = table.bins.filter { $0.count > 0 }
    let means = [0.10000000000000002, 0.3833333333333333, 0.7250000000000001, 1]
    for (bin, mean) in zip(filled, means) {
      #expect(abs(try #require(bin.meanProbability) - mean) < 1e-12)
    }
    for (bin, share) in zip(filled, [0, 0.6666666666666666, 0.5, 1]) {
      #expect(abs(try #require(bin.positiveShare) - share) < 1e-12)
    }
    #expect(table.bins[2].meanProbability == nil && table.bins[2].positiveShare == nil)
    #expect(abs(try #require(table.expectedError) - 0.17777777777777778) < 1e-12)
  }

  @Test func boundsBelongToTheBinBelow() {
    let bounds = Tensor<Double>((0...10).map { Double($0) / 10 })
    let table = CalibrationTable(of: bounds, against: .zeros([11]))
    #expect(table.bins.map(\.count) == [2, 1, 1, 1, 1, 1, 1, 1, 1, 1])
  }

  @Test func stopAtProbabilitiesThatAreNone() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = CalibrationTable(of: Tensor<Float>([1.5]), against: Tensor([1]))
    }
    expectStopped(result, "CalibrationTable: expected probabilities in 0...1")
  }
}
