/// Returns the Tweedie loss of nonnegative targets y and means μ = exp(η), for a power p between 1
/// and 2:
///
///     −y μ^(1 − p) / (1 − p) + μ^(2 − p) / (2 − p)
///
/// It is half the unit deviance of the Tweedie distribution (Jørgensen 1987), without the term that
/// does not depend on μ. Like that of the squared error, its minimum is at the mean of the targets;
/// deviations are measured in units of μ^(p / 2). With 1 < p < 2 the distribution is that of a sum
/// of a random number of random sizes: exactly 0 or positive.
///
/// The loss is homogeneous: if targets and means are multiplied by c, the loss is multiplied by
/// c^(2 − p).
///
/// Stops the program unless all shapes are equal (losses do not broadcast) and p is between 1 and 2.
///
/// - Parameters:
///   - logMean: η, any shape.
///   - target: y, the same shape, not negative. It gets no gradient.
///   - power: The power p.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses times w for `.none`.
@specialized(where Scalar == Float)
public func tweedieLoss<Scalar: TensorScalar>(
  logMean: Tensor<Scalar>, _ target: Tensor<Scalar>, power: Double,
  weights: Tensor<Scalar>? = nil, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  guard power > 1, power < 2 else {
    fatalError("tweedieLoss: the power must be between 1 and 2, but is \(power)")
  }
  requireSameShape(target, "a target", as: logMean, of: "tweedieLoss")
  if let weights { requireSameShape(weights, "weights", as: logMean, of: "tweedieLoss") }
  let (target, weights) = (target.detached, weights?.detached)
  var slopes = Tensor<Scalar>.zeros([])
  let losses = Tensor<Scalar>(logMean.shape) { losses in
    slopes = Tensor(logMean.shape) { slopes in
      writeTweedieLoss(logMean, target, weights, power, losses, slopes)
    }
  }
  let (below, above) = (Scalar(1 - power), Scalar(2 - power))
  return FusedLoss(
    name: "tweedieLoss", losses: losses, slopes: [slopes], weights: weights,
    composed: { operands in
      let eta = operands[0]
      return (eta * above).exp() * (1 / above) - target * (eta * below).exp() * (1 / below)
    }
  ).reduced(reduction, from: [logMean])
}

/// Writes the loss and the slope of each element.
@specialized(where Scalar == Float)
private func writeTweedieLoss<Scalar: TensorScalar>(
  _ logMean: Tensor<Scalar>, _ target: Tensor<Scalar>, _ weights: Tensor<Scalar>?,
  _ power: Double, _ losses: UnsafeMutablePointer<Scalar>,
  _ slopes: UnsafeMutablePointer<Scalar>
) {
  let elementCount = logMean.elementCount
  func write(_ weights: UnsafePointer<Scalar>?) {
    logMean.read { logMean in
      target.read { target in
        let (logMean, target) = (SendablePointer(logMean), SendablePointer(target))
        let (losses, slopes) = (SendablePointer(losses), SendablePointer(slopes))
        let weights = SendablePointer(weights)
        parallelChunks(elementCount) { start, count in
          Scalar._Kernels.tweedieLoss(
            logMean: logMean.pointer + start, target: target.pointer + start,
            weights: weights.map { $0.pointer + start }, power: power,
            loss: losses.pointer + start, slope: slopes.pointer + start, count)
        }
      }
    }
  }
  if let weights { weights.read(write) } else { write(nil) }
}
