extension DenseChainDerivative {
  /// Adds the gradients of each layer's weight and bias and of the chain's input to a pass, in a
  /// form that an outer gradient can differentiate.
  ///
  /// To that end, the chain is computed again, operation by operation.
  ///
  /// - Parameter gradient: The gradient of the last output.
  func pullBackDifferentiably(
    _ gradient: Tensor<Scalar>, into pass: inout Backpropagation<Scalar>
  ) {
    // The order of the inputs is each layer's weight and bias, and then the chain's input. A
    // missing bias has no source, so the gradient of the zero that replaces it is dropped.
    var operands: [Tensor<Scalar>] = []
    for layer in layers {
      operands.append(layer.weight)
      operands.append(layer.bias ?? Tensor(0))
    }
    operands.append(input)
    pass.pullBack(gradient, at: operands) { operands in
      var value = operands[operands.count - 1]
      for (index, layer) in layers.enumerated() {
        let sums = matmul(value, operands[2 * index], transposingB: true)
        value = layer.activation(sums + operands[2 * index + 1])
      }
      return value
    }
  }
}
