/// The tensors with respect to which a function is differentiated, in order.
package struct GradientVariables<Scalar: TensorScalar> {
  private let node = GradientNode()
  private var shapes: [Shape] = []

  package init() { shapes.reserveCapacity(16) }

  /// Makes a tensor a variable.
  @specialized(where Scalar == Float)
  package mutating func track(_ tensor: inout Tensor<Scalar>) {
    node.addVariable(from: tensor.source)
    tensor.source = GradientSource(node: node, resultIndex: shapes.count)
    shapes.append(tensor.shape)
  }

  /// Returns the value of a result of the variables, and its gradients. The gradient of a variable
  /// that the result does not depend on is zero.
  ///
  /// Both are tracked only if they depend on the variables of an outer gradient. Stops the program
  /// if the result does not have exactly one element.
  @specialized(where Scalar == Float)
  package func valueWithGradients(
    of result: Tensor<Scalar>
  ) -> (value: Tensor<Scalar>, gradients: [Tensor<Scalar>]) {
    guard result.elementCount == 1 else {
      fatalError(
        "valueWithGradient: the function must return one element, but returned shape \(result.shape)"
      )
    }
    node.close()
    var (gradients, isValueTracked) = Backpropagation.gradients(
      of: result, seed: .ones(result.shape), at: node, count: shapes.count)
    return (
      isValueTracked ? result : result.detached,
      shapes.indices.map { gradients[$0].take() ?? .zeros(shapes[$0]) }
    )
  }
}
