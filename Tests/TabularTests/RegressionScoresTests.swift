import Safetensors
import Tabular
import Testing
import TestSupport

@Suite struct RegressionScoresTests {
  // Of scikit-learn, by:
  //
  //   y = np.array([3, -0.5, 2, 7, 4.25]); p = np.array([2.5, 0, 2, 8, 3])
  //   print(mean_squared_error(y, p), root_mean_squared_error(y, p), mean_absolute_error(y, p),
  //         r2_score(y, p))
  @Test func followsScikitLearn() throws {
    let actual = Tensor<Float>(shape: [5, 1], scalars: [3, -0.5, 2, 7, 4.25])
    let predictions = Tensor<Float>(shape: [5, 1], scalars: [2.5, 0, 2, 8, 3])
    let scores = RegressionScores(of: predictions, against: actual)
    #expect(scores.count == 5)
    #expect(abs(try #require(scores.mse) - 0.6125) < 1e-12)
    #expect(abs(try #require(scores.rmse) - 0.7826237921249264) < 1e-12)
    #expect(abs(try #require(scores.mae) - 0.65) < 1e-12)
    #expect(abs(try #require(scores.r2) - 0.9002442996742671) < 1e-12)
    #expect(scores.description == "MSE 0.613, RMSE 0.783, MAE 0.650, R² 0.9002")
  }

  @Test func ofTheMeanHaveAnR2OfZero() throws {
    let actual = Tensor<Double>([1, 2, 6])
    let r2 = RegressionScores(of: .full([3], 3), against: actual).r2
    #expect(abs(try #require(r2)) < 1e-12)
  }

  @Test func leaveUndefinedWhatIsUndefined() {
    let constant = RegressionScores(of: Tensor<Float>([1, 5]), against: Tensor([3, 3]))
    #expect(constant.r2 == nil)
    #expect(constant.mae == 2)
    let none = RegressionScores(of: Tensor<Float>.zeros([0, 3]), against: .zeros([0, 3]))
    #expect(none.count == 0)
    #expect(none.description == "MSE –, RMSE –, MAE –, R² –")
    #expect([none.mse, none.rmse, none.mae, none.r2] == [nil, nil, nil, nil])
  }

  @Test func stopAtShapesThatDiffer() async {
    let result = await #expect(
      processExitsWith: .failure, observing: [\.standardErrorContent]
    ) {
      _ = RegressionScores(of: Tensor<Float>.zeros([3]), against: .zeros([3, 1]))
    }
    expectStopped(
      result,
      "RegressionScores: expected predictions and actual values of one shape, but got [3] and [3, 1]"
    )
  }
}
