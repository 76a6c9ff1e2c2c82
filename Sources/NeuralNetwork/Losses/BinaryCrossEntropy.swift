internal import RealModule

/// The cross-entropy of targets y in 0...1 against probabilities p = σ(z) that are given by their
/// logits z, as PyTorch's `binary_cross_entropy_with_logits`:
///
///     −y log p − (1 − y) log(1 − p) = max(z, 0) − z y + log(1 + exp(−|z|))
///
/// Exact for logits of any size. Stops the program unless the shapes are equal: losses do not
/// broadcast.
///
/// - Parameters:
///   - logits: z, any shape.
///   - target: y, the same shape; it gets no gradient.
///   - reduction: What becomes of the elements' losses.
/// - Returns: A scalar, of shape `[]`; with `.none` the elements' losses.
public func binaryCrossEntropy<Scalar: TensorScalar>(
  logits: Tensor<Scalar>, _ target: Tensor<Scalar>, reduction: Reduction = .mean
) -> Tensor<Scalar> {
  requireSameShape(target, "a target", as: logits, of: "binaryCrossEntropy")
  let (z, y) = (logits.detached, target.detached)
  let elements = z.relu() - z * y + (-z.abs()).softplus()
  return elements.reduced(reduction, from: logits) { z in z.sigmoid() - y }
}

/// The cross-entropy of targets y in 0...1 against probabilities p, as PyTorch's
/// `binary_cross_entropy`: −y log p − (1 − y) log(1 − p), with logarithms of at least −100.
///
/// ``binaryCrossEntropy(logits:_:reduction:)`` is faster, and more accurate near 0 and 1. Stops the
/// program unless the shapes are equal and all probabilities are in 0...1 (NaN gives NaN).
///
/// - Parameters:
///   - probabilities: p, any shape.
///   - target: y, the same shape; it gets no gradient.
///   - reduction: What becomes of the elements' losses.
/// - Returns: A scalar, of shape `[]`; with `.none` the elements' losses.
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
    // The floor is PyTorch's.
    (p - y) / Tensor.maximum(p * (1 - p), Tensor(1e-12))
  }
}

/// A logarithm of at least −100; NaN stays.
private func floored<Scalar: TensorScalar>(_ logarithm: Scalar) -> Scalar {
  logarithm < -100 ? -100 : logarithm
}

extension Tensor {
  /// A function of two elements, element by element.
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

  /// These losses, one for each element of `input`, reduced, as one recorded operation.
  ///
  /// - Parameter derivative: Gives the derivative of each element's loss from the elements.
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
