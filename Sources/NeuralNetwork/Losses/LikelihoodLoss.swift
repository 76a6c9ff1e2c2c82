/// A negative log-likelihood of each element with one to three parameters.
///
/// Each element is computed in double precision.
struct LikelihoodLoss<Scalar: TensorScalar>: Sendable {
  /// The loss of one target, and its derivative with respect to each parameter.
  typealias Element = (loss: Double, slopes: SIMD3<Double>)

  /// The function's name, for messages.
  let name: String
  /// A closure that returns the loss of one target y for some parameters. If there are fewer than
  /// three, the last one repeats.
  let element: @Sendable (_ parameters: SIMD3<Double>, _ y: Double) -> Element

  /// Returns the loss as one recorded operation.
  ///
  /// - Parameters:
  ///   - parameters: The parameters of each element, all in one shape.
  ///   - target: The targets, in the same shape. They get no gradient.
  ///   - weights: The weights, in the same shape; nil for ones. An element of weight 0 is ignored.
  ///   - reduction: The reduction of the elements' losses.
  ///   - composed: A closure that returns the loss of each element from operations that can be
  ///     differentiated any number of times.
  func callAsFunction(
    _ parameters: [Tensor<Scalar>], _ target: Tensor<Scalar>, weights: Tensor<Scalar>?,
    reduction: Reduction, composed: (@Sendable ([Tensor<Scalar>]) -> Tensor<Scalar>)? = nil
  ) -> Tensor<Scalar> {
    let shape = parameters[0].shape
    for parameter in parameters.dropFirst() {
      requireSameShape(parameter, "parameters", as: parameters[0], of: name)
    }
    requireSameShape(target, "a target", as: parameters[0], of: name)
    if let weights { requireSameShape(weights, "weights", as: parameters[0], of: name) }
    // The losses, followed by the slopes of each parameter.
    let results = Tensor<Scalar>([1 + parameters.count, shape.elementCount]) { results in
      write(results, parameters, target, weights)
    }
    return FusedLoss(
      name: name, losses: results[0].reshaped(to: shape),
      slopes: parameters.indices.map { results[1 + $0].reshaped(to: shape) },
      weights: weights?.detached, composed: composed
    ).reduced(reduction, from: parameters)
  }

  /// Writes the losses and the slopes, [1 + P, N].
  private func write(
    _ results: UnsafeMutablePointer<Scalar>, _ parameters: [Tensor<Scalar>],
    _ target: Tensor<Scalar>, _ weights: Tensor<Scalar>?
  ) {
    let (count, last) = (target.elementCount, parameters.count - 1)
    parameters[0].read { first in
      parameters[min(1, last)].read { second in
        parameters[last].read { third in
          target.read { y in
            let parameters = (
              SendablePointer(first), SendablePointer(second), SendablePointer(third)
            )
            let (y, results) = (SendablePointer(y), SendablePointer(results))
            func writeAll(_ weights: UnsafePointer<Scalar>?) {
              let weights = SendablePointer(weights)
              forEachElement(count) { index in
                let weight = weights.map { Double($0.pointer[index]) } ?? 1
                var (loss, slopes) = (0.0, SIMD3<Double>.zero)
                if weight != 0 {
                  (loss, slopes) = element(
                    SIMD3(
                      Double(parameters.0.pointer[index]), Double(parameters.1.pointer[index]),
                      Double(parameters.2.pointer[index])),
                    Double(y.pointer[index]))
                }
                results.pointer[index] = Scalar(weight * loss)
                for place in 0...last {
                  results.pointer[(1 + place) * count + index] = Scalar(weight * slopes[place])
                }
              }
            }
            if let weights { weights.read(writeAll) } else { writeAll(nil) }
          }
        }
      }
    }
  }

  /// Calls `body` with each index, on several threads if there are many.
  private func forEachElement(_ count: Int, _ body: @Sendable (Int) -> Void) {
    let chunk = 2048
    parallelFor((count + chunk - 1) / chunk) { piece in
      for index in piece * chunk..<min((piece + 1) * chunk, count) { body(index) }
    }
  }
}
