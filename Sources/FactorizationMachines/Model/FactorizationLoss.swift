import Foundation

/// The loss of a factorization machine, which also determines the meaning of its predictions.
public enum FactorizationLoss: String, Codable, Sendable, CaseIterable {
  /// Regression: (score − label)², and the prediction is the score.
  case squaredError
  /// Classification: the negative log-likelihood −log σ(±score), and the prediction is the
  /// probability σ(score) of the positive class. Labels above 0 are positive.
  case logistic

  /// Returns the prediction of a score.
  func prediction(_ score: Double) -> Double {
    switch self {
    case .squaredError: score
    case .logistic: 1 / (1 + exp(-score))
    }
  }

  /// Returns the loss of a score, and its derivative with respect to the score.
  func valueWithSlope(_ score: Double, label: Float) -> (value: Double, slope: Double) {
    switch self {
    case .squaredError:
      let error = score - Double(label)
      return (error * error, 2 * error)
    case .logistic:
      let sign = label > 0 ? 1.0 : -1.0
      let margin = sign * score
      // log(1 + exp(−m)) without overflow.
      let value = max(-margin, 0) + log1p(exp(-abs(margin)))
      return (value, -sign / (1 + exp(margin)))
    }
  }
}
