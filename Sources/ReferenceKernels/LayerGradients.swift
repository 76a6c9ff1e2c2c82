extension Reference {
  /// The gradients of a layer's input, weight, and bias, each with the shape of its value.
  public struct LayerGradients<Scalar: Sendable>: Sendable {
    /// The gradient of the input.
    public var x: [Scalar]
    /// The gradient of the weight.
    public var weight: [Scalar]
    /// The gradient of the bias.
    public var bias: [Scalar]

    @inlinable
    init(x: [Scalar], weight: [Scalar], bias: [Scalar]) {
      self.x = x
      self.weight = weight
      self.bias = bias
    }
  }
}
