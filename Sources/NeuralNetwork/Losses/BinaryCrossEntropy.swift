internal import RealModule

/// Returns the cross-entropy of targets y in 0...1 and probabilities p = σ(z) given by their logits
/// z, like PyTorch's `binary_cross_entropy_with_logits`:
///
///     −y log p − (1 − y) log(1 − p) = max(z, 0) − z y + log(1 + exp(−|z|))
///
/// The result is accurate for logits of any size. Stops the program unless the shapes are equal:
/// losses do not broadcast.
///
/// - Parameters:
///   - logits: z, any shape.
///   - target: y, the same shape. It gets no gradient.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses for `.none`.
public func binaryCrossEntropy<Scalar: TensorScalar>(
  logits: Tensor<Scalar>, _ target: Tensor<Scalar>, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  requireSameShape(target, "a target", as: logits, of: "binaryCrossEntropy")
  let (z, y) = (logits.detached, target.detached)
  let elements = z.relu() - z * y + (-z.abs()).softplus()
  return elements.reduced(reduction, from: logits) { z in z.sigmoid() - y }
}

/// Returns the cross-entropy of targets y in 0...1 and probabilities p, −y log p − (1 − y) log(1 −
/// p), with logarithms of at least −100, like PyTorch's `binary_cross_entropy`.
///
/// ``binaryCrossEntropy(logits:_:reduction:)`` is faster, and more accurate near 0 and 1. Stops the
/// program unless the shapes are equal and all probabilities are in 0...1 (NaN gives NaN).
///
/// - Parameters:
///   - probabilities: p, any shape.
///   - target: y, the same shape. It gets no gradient.
///   - reduction: The reduction of the elements' losses.
/// - Returns: A scalar, of shape `[]`, or the elements' losses for `.none`.
public func binaryCrossEntropy<Scalar: TensorScalar>(
  probabilities: Tensor<Scalar>, _ target: Tensor<Scalar>, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  requireSameShape(target, "a target", as: probabilities, of: "binaryCrossEntropy")
  let (p, y) = (probabilities.detached, target.detached)
  let elements = p.combined(with: y) { p, y in
    if p < 0 || p > 1 {
      fatalError("binaryCrossEntropy: probabilities must be in 0...1, but one is \(p)")
    }
    return -y * floored(.log(p)) - (1 - y) * floored(.log(onePlus: -p))
  }
  return elements.reduced(reduction, from: probabilities) { p in
    // The minimum is PyTorch's.
    (p - y) / Tensor.maximum(p * (1 - p), Tensor(1e-12))
  }
}

/// Returns a logarithm, but at least −100. NaN stays NaN.
private func floored<Scalar: TensorScalar>(_ logarithm: Scalar) -> Scalar {
  logarithm < -100 ? -100 : logarithm
}

extension Tensor {
  /// Returns a function of two elements for each pair of elements.
  fileprivate func combined(with other: Tensor, _ f: (Scalar, Scalar) -> Scalar) -> Tensor {
    Tensor(shape: shape) { target in
      withUnsafeBufferPointer { a in
        other.withUnsafeBufferPointer { b in
          for index in target.indices {
            target.initializeElement(at: index, to: f(a[index], b[index]))
          }
        }
      }
    }
  }

  /// Returns these losses, one for each element of `input`, reduced as one recorded operation.
  ///
  /// - Parameter derivative: A closure that returns the derivative of each element's loss.
  fileprivate func reduced(
    _ reduction: Reduction, from input: Tensor,
    derivative: @escaping @Sendable (Tensor) -> Tensor
  ) -> Tensor {
    switch reduction {
    case .none, .sum:
      let value = reduction == .sum ? sum() : self
      return value.recorded(from: input) { gradient, operands in
        [derivative(operands[0]) * gradient]
      }
    case .mean:
      let count = Scalar(elementCount)
      return mean().recorded(from: input) { gradient, operands in
        [derivative(operands[0]) * (gradient / count)]
      }
    }
  }
}
