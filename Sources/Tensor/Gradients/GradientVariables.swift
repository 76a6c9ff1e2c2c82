/// The tensors that a function is differentiated at, in the order in which they were named.
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

  /// Returns the value of a result of the variables, and its gradients: zeros for a variable that it
  /// does not depend on.
  ///
  /// They are tracked where they depend on the variables of an outer gradient, and else not. Stops the
  /// program if the result does not have exactly one element.
  @specialized(where Scalar == Float)
  package func valueWithGradients(
    of result: Tensor<Scalar>
  ) -> (value: Tensor<Scalar>, gradients: [Tensor<Scalar>]) {
    guard result.elementCount == 1 else {
      fatalError(
        "valueWithGradient: the function must give one element, but gave shape \(result.shape)")
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
