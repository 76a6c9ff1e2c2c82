/// How the losses of the elements become the result of a loss function.
public enum Reduction: String, Sendable, Codable, CaseIterable {
  /// Their mean, a scalar.
  case mean
  /// Their sum, a scalar.
  case sum
  /// Themselves, one by one.
  case none
}

/// Stops the program with a message that names the loss if an operand has not the prediction's
/// shape. Losses never broadcast: [B] against [B, 1] would compare every row with every other.
func requireSameShape<Scalar: TensorScalar>(
  _ operand: Tensor<Scalar>, _ name: String, as prediction: Tensor<Scalar>, of loss: String
) {
  guard operand.shape == prediction.shape else {
    fatalError(
      "\(loss): expected \(name) of the prediction's shape \(prediction.shape), but got shape "
        + "\(operand.shape)")
  }
}

/// Returns the factor that turns the sum of the elements' losses into their mean; 0 where no element has a
/// weight.
///
/// - Parameters:
///   - count: The number of elements.
///   - weights: The weight of each element, or nil for ones.
func meanFactor<Scalar: TensorScalar>(of count: Int, _ weights: Tensor<Scalar>?) -> Double {
  guard let weights else { return 1 / Double(count) }
  let total = Double(weights.sum().scalar)
  return total == 0 ? 0 : 1 / total
}
