import Safetensors
import Tabular
import TestSupport
import Testing

@Suite struct ClassificationScoresTests {
  // Of scikit-learn 1.9.1, by:
  //
  //   y = np.array([0, 1, 1, 0, 1, 0, 0]); p = np.array([0.1, 0.4, 0.35, 0.4, 0.8, 0, 0.4])
  //   print(roc_auc_score(y, p), average_precision_score(y, p), log_loss(y, p),
  //         brier_score_loss(y, p))
  @Test func followScikitLearn() throws {
    let classes = Tensor<Double>([0, 1, 1, 0, 1, 0, 0])
    let probabilities = Tensor<Double>([0.1, 0.4, 0.35, 0.4, 0.8, 0, 0.4])
    let scores = ClassificationScores(of: probabilities, against: classes)
    #expect(scores.count == 7 && scores.positiveCount == 3)
    #expect(abs(try #require(scores.auc) - 0.75) < 1e-12)
    #expect(abs(try #require(scores.averagePrecision) - 0.7) < 1e-12)
    #expect(abs(try #require(scores.logLoss) - 0.47375259583954993) < 1e-12)
    #expect(abs(try #require(scores.brierScore) - 0.16464285714285712) < 1e-12)
  }

  /// `log_loss([0, 1, 0], [1, 1, 0.25])` is 12.110445153856311.
  @Test func certainMistakesAreClipped() throws {
    let scores = ClassificationScores(
      of: Tensor<Double>([1, 1, 0.25]), against: Tensor([0, 1, 0]))
    #expect(abs(try #require(scores.logLoss) - 12.110445153856311) < 1e-9)
  }

  @Test func equalPredictionsRankNothing() {
    let scores = ClassificationScores(
      of: Tensor<Float>([0.5, 0.5, 0.5]), against: Tensor([1, 0, 0]))
    #expect(scores.auc == 0.5)
    #expect(abs(scores.averagePrecision! - 1.0 / 3) < 1e-12)
  }

  @Test func leaveUndefinedWhatIsUndefined() {
    let ofOneClass = ClassificationScores(of: Tensor<Float>([0.5, 0.25]), against: Tensor([0, 0]))
    #expect(ofOneClass.auc == nil && ofOneClass.averagePrecision == nil)
    #expect(ofOneClass.brierScore != nil)
    let none = ClassificationScores(of: Tensor<Float>.zeros([0]), against: .zeros([0]))
    #expect(none.description == "AUC –, average precision –, log loss –, Brier score –")
  }

  @Test func stopAtClassesThatAreNone() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = ClassificationScores(of: Tensor<Float>([0.5]), against: Tensor([2]))
    }
    expectStopped(result, "ClassificationScores: expected classes 0 and 1, got 2.0")
  }
}
