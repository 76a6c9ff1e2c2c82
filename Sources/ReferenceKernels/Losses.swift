import RealModule

// Losses of predictions compared with targets: the value, and the gradient of the predictions.
extension Reference {
  /// Returns the mean of (prediction - target)² over all elements.
  @inlinable
  public static func meanSquaredError<Scalar: Real & BinaryFloatingPoint>(
    _ prediction: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradient: [Scalar]) {
    meanLoss(prediction, target, "meanSquaredError") { y, t in
      ((y - t) * (y - t), 2 * (y - t))
    }
  }

  /// Returns ½ Σ (prediction - target)².
  @inlinable
  public static func halfSquaredError<Scalar: Real & BinaryFloatingPoint>(
    _ prediction: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradient: [Scalar]) {
    let differences = subtract(prediction, target)
    return (dot(differences, differences) / 2, differences)
  }

  /// Returns the mean of |prediction - target|. The gradient at 0 is 0.
  @inlinable
  public static func meanAbsoluteError<Scalar: Real & BinaryFloatingPoint>(
    _ prediction: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradient: [Scalar]) {
    meanLoss(prediction, target, "meanAbsoluteError") { y, t in
      (Swift.abs(y - t), y > t ? 1 : y < t ? -1 : 0)
    }
  }

  /// Returns the mean of ½ d² where |d| <= delta, and of delta (|d| - delta / 2) elsewhere (Huber
  /// 1964), with d = prediction - target.
  @inlinable
  public static func huber<Scalar: Real & BinaryFloatingPoint>(
    _ prediction: [Scalar], _ target: [Scalar], delta: Scalar
  ) -> (value: Scalar, gradient: [Scalar]) {
    meanLoss(prediction, target, "huber") { y, t in
      let d = y - t
      return Swift.abs(d) <= delta
        ? (d * d / 2, d) : (delta * (Swift.abs(d) - delta / 2), d > 0 ? delta : -delta)
    }
  }

  /// Returns the mean of -t mu^(1 - p) / (1 - p) + mu^(2 - p) / (2 - p) with mu = exp(logMean), for
  /// a power p between 1 and 2.
  @inlinable
  public static func tweedieLoss<Scalar: Real & BinaryFloatingPoint>(
    logMean: [Scalar], _ target: [Scalar], power: Scalar
  ) -> (value: Scalar, gradient: [Scalar]) {
    meanLoss(logMean, target, "tweedieLoss") { eta, t in
      let pull = t == 0 ? 0 : t * .exp((1 - power) * eta)
      let push = Scalar.exp((2 - power) * eta)
      return (push / (2 - power) - pull / (1 - power), push - pull)
    }
  }

  /// Returns the mean of `softplus(z) - t * z`: the cross-entropy of targets t in 0...1 and
  /// probabilities given by their logits z.
  @inlinable
  public static func binaryCrossEntropy<Scalar: Real & BinaryFloatingPoint>(
    logits: [Scalar], _ target: [Scalar]
  ) -> (value: Scalar, gradient: [Scalar]) {
    meanLoss(logits, target, "binaryCrossEntropy") { z, t in
      (softplus(z) - t * z, sigmoid(z) - t)
    }
  }

  /// Returns the mean over rows of `-logSoftmax(logits)[row, label]`, for logits [rows, classes]
  /// and one label in 0..<classes per row.
  @inlinable
  public static func softmaxCrossEntropy<Scalar: Real & BinaryFloatingPoint>(
    logits: [Scalar], labels: [Int], rows: Int, classes: Int
  ) -> (value: Scalar, gradient: [Scalar]) {
    require(labels, "labels", count: rows, in: "softmaxCrossEntropy")
    let logProbabilities = logSoftmax(logits, rows: rows, columns: classes)
    var gradient = softmax(logits, rows: rows, columns: classes)
    var value: Scalar = 0
    for (row, label) in labels.enumerated() {
      if !(0..<classes).contains(label) {
        fatalError("Reference.softmaxCrossEntropy: label \(label) is not in 0..<\(classes)")
      }
      value -= logProbabilities[row * classes + label]
      gradient[row * classes + label] -= 1
    }
    return (value / Scalar(rows), gradient.map { $0 / Scalar(rows) })
  }

  /// Returns the means of an element's loss and of its derivative with respect to the prediction,
  /// both from `loss`.
  @inlinable
  static func meanLoss<Scalar: Real & BinaryFloatingPoint>(
    _ prediction: [Scalar], _ target: [Scalar], _ operation: String,
    _ loss: (Scalar, Scalar) -> (Scalar, Scalar)
  ) -> (value: Scalar, gradient: [Scalar]) {
    require(target, "target", count: prediction.count, in: operation)
    let n = Scalar(prediction.count)
    let pairs = zip(prediction, target).map { loss($0, $1) }
    return (pairs.reduce(0) { $0 + $1.0 } / n, pairs.map { $0.1 / n })
  }
}
