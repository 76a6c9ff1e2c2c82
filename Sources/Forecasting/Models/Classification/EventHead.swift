internal import RealModule
import NeuralNetwork

/// The head of a ``SequenceClassifier``: a window's probability from the mean of the network's
/// outputs over its K future steps.
///
/// The logit is that mean plus the log-odds of the event in training, so that a network whose
/// outputs are 0 predicts the share of windows in which it happens. Training on weighted positive
/// windows adds log w to the logit. The minimum of the weighted cross-entropy is at odds that are w
/// times too high, so that without the term, probabilities are calibrated again (King & Zeng 2001).
///
/// Targets have one step, which is 1 if the event happens, else 0.
struct EventHead: ForecastHead {
  /// The event.
  let event: SalesEvent
  /// The logarithm of the odds of the event among the windows of training.
  let logOdds: Double
  /// The weight of windows in which the event happens, w.
  let positiveWeight: Double

  var outputCount: Int { 1 }

  /// Returns the mean cross-entropy of a batch, in which windows weigh as in its targets.
  func loss(of outputs: Tensor<Float>, _ targets: WindowTargets) -> Tensor<Float> {
    let logits = logits(of: outputs) + Float(Double.log(positiveWeight))
    let losses = binaryCrossEntropy(logits: logits, targets.values, reduction: .none)
    return (losses * targets.weights).mean()
  }

  /// Returns the probability of each window, [B, 1].
  func prediction(from outputs: Tensor<Float>, _ targets: WindowTargets) -> HeadPrediction {
    HeadPrediction(mean: logits(of: outputs).sigmoid())
  }

  /// Returns the calibrated logit of each window, [B, K, 1] → [B, 1].
  private func logits(of outputs: Tensor<Float>) -> Tensor<Float> {
    outputs.mean(axis: 1) + Float(logOdds)
  }
}

extension EventHead: RangeChecked {
  var fault: String? {
    logOdds.isFinite && positiveWeight > 0 && positiveWeight.isFinite
      ? nil : "expected finite log-odds and a positive weight, got \(logOdds), \(positiveWeight)"
  }
}
