extension ConvolutionLayout {
  /// Returns a convolution with its derivative.
  ///
  /// - Parameters:
  ///   - input: The input, [B, T, C] or [B, H, W, C].
  ///   - weight: The weight, [O, C / groups, K] or [O, C / groups, kernel height, kernel width].
  ///   - bias: The bias, [O]; nil for none.
  ///   - activation: The function that is applied to the sums.
  ///   - shape: The shape of the output.
  ///   - name: The layer's name in messages.
  @specialized(where Scalar == Float)
  func convolution<Scalar: TensorScalar>(
    of input: Tensor<Scalar>, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>?,
    _ activation: Activation, shape: Shape, named name: String
  ) -> Tensor<Scalar> {
    guard let epilogue = activation.fused else {
      return activation(
        convolution(of: input, weight, bias, .linear, shape: shape, named: name))
    }
    let (weightShape, hasBias) = (weight.shape, bias != nil)
    let (x, needsInput) = (input.detached, input.isTracked)
    let pass = ConvolutionPass(
      layout: self, weight: weight.detached.reshaped(to: [outputSize, groupInputs, kernelSize]))
    let output = pass.output(of: x, bias: bias?.detached, epilogue, shape: shape)
    let result = activation == .linear ? nil : output
    return output.recorded(from: input, weight, bias ?? Tensor(0), named: name) { received in
      let gradient = result.map { activation.beforeActivation(received, $0) } ?? received
      return [
        needsInput ? pass.inputGradient(of: gradient, shape: x.shape) : nil,
        ConvolutionWeightPass(layout: self, input: x, gradient: gradient).run()
          .reshaped(to: weightShape),
        hasBias ? gradient.reshaped(to: [outputCount, outputSize]).sum(axis: 0) : nil,
      ]
    }
  }
}
