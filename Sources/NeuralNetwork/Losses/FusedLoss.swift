/// A loss whose derivatives are computed in the same pass as its value.
struct FusedLoss<Scalar: TensorScalar>: Sendable {
  /// The function's name, for messages.
  let name: String
  /// The loss of each element, multiplied by its weight.
  let losses: Tensor<Scalar>
  /// The derivative of each element's loss with respect to each operand, multiplied by the weight.
  let slopes: [Tensor<Scalar>]
  /// The weight of each element; nil for ones.
  let weights: Tensor<Scalar>?
  /// A closure that returns the loss of each element, without weights, from operations that can be
  /// differentiated any number of times; nil if the loss has a first derivative only.
  var composed: (@Sendable ([Tensor<Scalar>]) -> Tensor<Scalar>)?

  /// Returns the loss as one recorded operation.
  ///
  /// - Parameter operands: The operands that have a derivative, each in the shape of the losses.
  @specialized(where Scalar == Float)
  func reduced(_ reduction: Reduction, from operands: [Tensor<Scalar>]) -> Tensor<Scalar> {
    let share = reduction == .mean ? meanFactor(of: losses.elementCount, weights) : 1
    let value =
      reduction == .none ? losses : Tensor(Scalar(Double(losses.sum().scalar) * share))
    guard operands.contains(where: { $0.isTracked }) else { return value }
    let constants = operands.map { $0.detached }
    return value.recorded(
      from: operands.map { $0.gradientSource }, firstOrderName: composed == nil ? name : nil
    ) { received, pass in
      let gradient = received.first!
      if composed != nil, pass.isDifferentiated(received) {
        return pass.pullBack(gradient, at: constants) { operands in
          composedLoss(operands, reduction, share)
        }
      }
      for (input, slope) in slopes.enumerated() where pass.wantsGradient(ofInput: input) {
        pass.add(
          reduction == .none
            ? gradient * slope : slope * Scalar(Double(gradient.scalar) * share),
          toInput: input)
      }
    }
  }

  private func composedLoss(
    _ operands: [Tensor<Scalar>], _ reduction: Reduction, _ share: Double
  ) -> Tensor<Scalar> {
    let elements = composed!(operands)
    let weighted = weights.map { .select($0, elements * $0, Tensor(0)) } ?? elements
    return reduction == .none ? weighted : weighted.sum() * Scalar(share)
  }
}
