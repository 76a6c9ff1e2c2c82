/// Returns the Tweedie loss of non-negative targets y against means μ = exp(η), for a power p between 1
/// and 2:
///
///     −y μ^(1 − p) / (1 − p) + μ^(2 − p) / (2 − p)
///
/// It is half the unit deviance of Tweedie's distribution (Jørgensen 1987), up to a term without μ. Its
/// minimum is at the mean of the targets, as that of the squared error; deviations count in units of
/// μ^(p / 2). With 1 < p < 2 the distribution is that of a sum of a random number of random sizes: exactly
/// 0 or positive.
///
/// The loss is homogeneous: targets and means times c have the loss times c^(2 − p).
///
/// Stops the program unless all shapes are equal (losses do not broadcast) and p is between 1 and 2.
///
/// - Parameters:
///   - logMean: η, any shape.
///   - target: y, the same shape, not negative; it gets no gradient.
///   - power: p.
///   - weights: w, the same shape, as in ``meanSquaredError(_:_:weights:reduction:)``.
///   - reduction: How the elements' losses become the result.
/// - Returns: A scalar, of shape `[]`; with `.none` the elements' losses, times w.
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
        parallelChunks(elementCount) { start, count in
          Scalar._Kernels.tweedieLoss(
            logMean: logMean + start, target: target + start, weights: weights.map { $0 + start },
            power: power, loss: losses + start, slope: slopes + start, count)
        }
      }
    }
  }
  if let weights { weights.read(write) } else { write(nil) }
}
