internal import RealModule
import NeuralNetwork

/// The head of a ``SequenceClassifier``: one logit for each window, from one output for each of its K
/// future steps.
///
/// If a single step decides the outcome, such as a sale, an output is the logit of its hazard h, the
/// probability that it decides if none before it did. No step decides with the probability
/// Π (1 − h), as in discrete-time survival analysis. Otherwise, the logit is the mean of the outputs.
/// A network whose outputs are 0 predicts the share of windows of training in which the event happens.
///
/// Training on weighted positive windows adds log w to the logit. The minimum of the weighted
/// cross-entropy is at odds that are w times too high, so that without the term, probabilities are
/// calibrated again (King & Zeng 2001).
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
    guard let isAbsence = event.isAbsence else { return outputs.mean(axis: 1) + Float(logOdds) }
    // The hazard of a step whose output is 0: all K of them together give the share of training.
    let decided = isAbsence ? -logOdds : logOdds
    let hazard = Double.log(onePlus: .exp(decided)) / Double(outputs.shape[1])
    let step = Float(Double.log(.expMinusOne(hazard)))
    // −log P(no step decides) [B, 1], kept above 0 for the logarithm.
    let sum = (outputs + step).softplus().sum(axis: 1) + 1e-6
    let any = sum + (1 - (-sum).exp()).log()
    return isAbsence ? -any : any
  }
}

extension EventHead: RangeChecked {
  var fault: String? {
    logOdds.isFinite && positiveWeight > 0 && positiveWeight.isFinite
      ? nil : "expected finite log-odds and a positive weight, got \(logOdds), \(positiveWeight)"
  }
}
