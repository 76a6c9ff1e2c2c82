/// Attention of several heads (Vaswani et al. 2017): each output is a mean of values, weighted by how
/// well their keys match the output's query.
///
///     head = softmax(q kᵀ / √d) v,   y = [head, head, …] Woᵀ + bo
///
/// Queries, keys, and values are linear functions of the inputs, and each head has d = E / heads of
/// their features. The parameters have the names and layouts of PyTorch's `nn.MultiheadAttention`
/// with `batch_first`: `in_proj_weight` [3E, E] and `in_proj_bias` [3E] for queries, keys, and values
/// in that order, and `out_proj.weight` [E, E] and `out_proj.bias` [E].
///
/// ```swift
/// var generator = Xoshiro256(seed: 42)
/// let layer = MultiheadAttention<Float>(size: 16, headCount: 4, isCausal: true, using: &generator)
/// let y = layer(x)                       // x [B, T, 16] → y [B, T, 16]
/// ```
public struct MultiheadAttention<Scalar: TensorScalar>: Layer {
  /// The weights of queries, keys, and values, [3E, E].
  public var inputWeight: Tensor<Scalar>
  /// The biases of queries, keys, and values, [3E]; nil for a layer without biases.
  public var inputBias: Tensor<Scalar>?
  /// The linear function of the heads' results, with a weight [E, E] and a bias [E].
  public var output: Dense<Scalar>
  /// The number of heads.
  public let headCount: Int
  /// A Boolean value that indicates whether query t attends to the keys 0...t only.
  public let isCausal: Bool

  /// Creates a layer with random weights and biases of zeros.
  ///
  /// Stops the program unless the sizes are positive and E is a multiple of the heads.
  ///
  /// - Parameters:
  ///   - size: E, the number of features of inputs and outputs.
  ///   - headCount: The number of heads, which divide the features.
  ///   - isCausal: A Boolean value that indicates whether query t attends to the keys 0...t only.
  ///   - initializer: The distribution of the weights.
  ///   - hasBias: A Boolean value that indicates whether the layer has biases.
  ///   - generator: The source of the random weights.
  public init(
    size: Int, headCount: Int, isCausal: Bool = false, initializer: Initializer = .glorotUniform,
    hasBias: Bool = true, using generator: inout Xoshiro256
  ) {
    guard size > 0, headCount > 0, size % headCount == 0 else {
      fatalError(
        "MultiheadAttention: expected a positive size that is a multiple of the number of heads, "
          + "but got size \(size) and \(headCount) heads")
    }
    inputWeight = initializer.tensor([3 * size, size], using: &generator)
    inputBias = hasBias ? .zeros([3 * size]) : nil
    output = Dense(
      inputSize: size, outputSize: size, initializer: initializer, hasBias: hasBias,
      using: &generator)
    self.headCount = headCount
    self.isCausal = isCausal
  }

  /// E, the number of features of inputs and outputs.
  public var size: Int { inputWeight.shape[1] }

  @specialized(where Scalar == Float)
  public mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    visit("in_proj_weight", &inputWeight)
    visit("in_proj_bias", &inputBias)
    visit("out_proj", &output)
  }

  /// Returns the attention of a sequence to itself: [B, T, E] → [B, T, E].
  @specialized(where Scalar == Float)
  public func forward(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    attend(input)
  }

  /// Returns the attention of queries to keys and values, [B, T, E].
  ///
  /// A query all of whose keys are padding, or a sequence without keys, has a mean of 0. (PyTorch
  /// gives NaN.) Stops the program if the shapes do not fit.
  ///
  /// - Parameters:
  ///   - queries: The inputs of the queries, [B, T, E].
  ///   - keys: The inputs of the keys, [B, S, E]; nil for those of the queries.
  ///   - values: The inputs of the values, [B, S, E]; nil for those of the keys.
  ///   - keyPaddingMask: The keys to ignore, [B, S]: those with a number other than 0. Nil for none.
  @specialized(where Scalar == Float)
  public func attend(
    _ queries: Tensor<Scalar>, to keys: Tensor<Scalar>? = nil, values: Tensor<Scalar>? = nil,
    keyPaddingMask: Tensor<Scalar>? = nil
  ) -> Tensor<Scalar> {
    checkShapes(queries.shape, (keys ?? queries).shape, values?.shape, keyPaddingMask?.shape)
    // Operands with one input are one product.
    let projections: [Tensor<Scalar>]
    switch (keys, values) {
    case (nil, nil): projections = [projected(queries, 0..<3)]
    case (let keys?, nil): projections = [projected(queries, 0..<1), projected(keys, 1..<3)]
    case (let keys, let values?):
      projections = [
        projected(queries, 0..<1), projected(keys ?? queries, 1..<2), projected(values, 2..<3),
      ]
    }
    let attention = AttentionPass(
      layout: AttentionLayout(
        batch: queries.shape[0], queries: queries.shape[1], keys: (keys ?? queries).shape[1],
        heads: headCount, headSize: size / headCount, isCausal: isCausal),
      projections: projections.map(\.detached), ignored: keyPaddingMask?.detached)
    let heads = attention.run().recorded(
      from: projections.map(\.gradientSource), isTracked: projections.contains(where: \.isTracked)
    ) { AttentionBackwardPass(pass: attention, gradient: $0).run() }
    return output(heads)
  }

  /// Returns the queries, keys, and values of an input, or some of them, side by side.
  private func projected(_ input: Tensor<Scalar>, _ parts: Range<Int>) -> Tensor<Scalar> {
    guard parts.count < 3 else { return Dense(weight: inputWeight, bias: inputBias)(input) }
    let rows = parts.lowerBound * size..<parts.upperBound * size
    return Dense(weight: inputWeight[rows], bias: inputBias?[rows])(input)
  }

  private func checkShapes(_ queries: Shape, _ keys: Shape, _ values: Shape?, _ mask: Shape?) {
    guard queries.rank == 3, keys.rank == 3, queries[2] == size, keys[2] == size,
      queries[0] == keys[0], values == nil || values == keys,
      mask == nil || mask == keys[0..<2]
    else {
      fatalError(
        "\(self): expected queries [B, T, \(size)], keys and values [B, S, \(size)], and a mask "
          + "[B, S], but got shapes \(queries), \(keys), \(values ?? keys), and "
          + "\(mask.map { "\($0)" } ?? "none")")
    }
  }
}

extension MultiheadAttention: CustomStringConvertible {
  public var description: String {
    "MultiheadAttention(\(size), heads: \(headCount)\(isCausal ? ", causal" : ""))"
  }
}

extension Tensor {
  /// Returns this tensor as the result of an attention, with a first derivative only.
  fileprivate func recorded(
    from sources: [GradientSource?], isTracked: Bool,
    _ pullback: @escaping @Sendable (Tensor) -> [Tensor]
  ) -> Tensor {
    guard isTracked else { return self }
    return recorded(from: sources, firstOrderName: "MultiheadAttention") { received, pass in
      for (index, gradient) in pullback(received.first!).enumerated() {
        pass.add(gradient, toInput: index)
      }
    }
  }
}
