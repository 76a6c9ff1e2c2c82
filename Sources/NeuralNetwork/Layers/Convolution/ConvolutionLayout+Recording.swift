extension ConvolutionLayout {
  /// Returns a convolution with its derivative.
  ///
  /// - Parameters:
  ///   - input: The input, [B, T, C] or [B, H, W, C].
  ///   - weight: The weight, [O, C / groups, K] or [O, C / groups, kernel height, kernel width].
  ///   - bias: The bias, [O]; nil for none.
  ///   - shape: The shape of the output.
  ///   - name: The layer's name in messages.
  @specialized(where Scalar == Float)
  func convolution<Scalar: TensorScalar>(
    of input: Tensor<Scalar>, _ weight: Tensor<Scalar>, _ bias: Tensor<Scalar>?, shape: Shape,
    named name: String
  ) -> Tensor<Scalar> {
    let weightShape = weight.shape
    let pass = ConvolutionPass(
      layout: self, input: input.detached,
      weight: weight.detached.reshaped(to: [outputSize, groupInputs, kernelSize]),
      bias: bias?.detached, outputShape: shape)
    let (needsInput, hasBias) = (input.isTracked, bias != nil)
    return pass.run().recorded(from: input, weight, bias ?? Tensor(0), named: name) { gradient in
      let back = ConvolutionBackwardPass(
        pass: pass, gradient: gradient, needsInputGradient: needsInput
      ).run()
      return [back.input, back.weight.reshaped(to: weightShape), hasBias ? back.bias : nil]
    }
  }
}
