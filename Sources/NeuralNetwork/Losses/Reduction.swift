/// The reduction of the elements' losses to the result of a loss function.
public enum Reduction: String, Sendable, Codable, CaseIterable {
  /// The mean of the losses, a scalar.
  case mean
  /// The sum of the losses, a scalar.
  case sum
  /// The losses themselves, one for each element.
  case none
}

/// Stops the program with a message that names the loss if an operand's shape differs from the
/// prediction's.
///
/// Losses never broadcast: [B] and [B, 1] would compare every row with every other row.
func requireSameShape<Scalar: TensorScalar>(
  _ operand: Tensor<Scalar>, _ name: String, as prediction: Tensor<Scalar>, of loss: String
) {
  guard operand.shape == prediction.shape else {
    fatalError(
      "\(loss): expected \(name) of the prediction's shape \(prediction.shape), but got shape "
        + "\(operand.shape)")
  }
}

/// Returns the factor that converts the sum of the elements' losses to their mean; 0 if the sum of
/// the weights is 0.
///
/// - Parameters:
///   - count: The number of elements.
///   - weights: The weight of each element; nil for ones.
func meanFactor<Scalar: TensorScalar>(of count: Int, _ weights: Tensor<Scalar>?) -> Double {
  guard let weights else { return 1 / Double(count) }
  let total = Double(weights.sum().scalar)
  return total == 0 ? 0 : 1 / total
}
