import RealModule

extension Reference {
  /// An activation function of a dense layer or a simple recurrent layer.
  public enum Activation: Int, CaseIterable, Sendable {
    case linear
    case relu
    case sigmoid
    case tanh

    /// Returns the function's value at `x`.
    @inlinable
    public func callAsFunction<Scalar: Real & BinaryFloatingPoint>(_ x: Scalar) -> Scalar {
      switch self {
      case .linear: x
      case .relu: x <= 0 ? 0 : x
      case .sigmoid: Reference.sigmoid(x)
      case .tanh: Scalar.tanh(x)
      }
    }

    /// Returns the derivative at the point where the function's value is `y`.
    @inlinable
    public func derivative<Scalar: Real & BinaryFloatingPoint>(atResult y: Scalar) -> Scalar {
      switch self {
      case .linear: 1
      case .relu: y > 0 ? 1 : 0
      case .sigmoid: y * (1 - y)
      case .tanh: 1 - y * y
      }
    }
  }

  /// Returns `f(z[r, c] + bias[c])` for `z` of [rows, columns].
  @inlinable
  public static func biasActivation<Scalar: Real & BinaryFloatingPoint>(
    _ z: [Scalar], bias: [Scalar]?, rows: Int, columns: Int, activation: Activation
  ) -> [Scalar] {
    require(z, "z", count: rows * columns, in: "biasActivation")
    if let bias { require(bias, "bias", count: columns, in: "biasActivation") }
    return z.indices.map { activation(z[$0] + (bias?[$0 % columns] ?? 0)) }
  }

  /// Returns the output `f(x Wᵀ + b)` of a dense layer, [B, O], like PyTorch's `nn.Linear` and an
  /// activation.
  ///
  /// - Parameters:
  ///   - x: The input, [B, D].
  ///   - weight: The weight, [O, D].
  ///   - bias: The bias, [O]; nil for none.
  @inlinable
  public static func denseForward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], weight: [Scalar], bias: [Scalar]?, activation: Activation, B: Int, D: Int, O: Int
  ) -> [Scalar] {
    let product = matrixProduct(x, weight, transposeB: true, M: B, N: O, K: D)
    return biasActivation(product, bias: bias, rows: B, columns: O, activation: activation)
  }

  /// Returns the gradients of a dense layer, given its result `y` and the gradient `dy` of `y`,
  /// both [B, O].
  @inlinable
  public static func denseBackward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], weight: [Scalar], y: [Scalar], dy: [Scalar], activation: Activation,
    B: Int, D: Int, O: Int
  ) -> LayerGradients<Scalar> {
    require(y, "y", count: B * O, in: "denseBackward")
    require(dy, "dy", count: B * O, in: "denseBackward")
    let dz = zip(y, dy).map { $1 * activation.derivative(atResult: $0) }  // [B, O]
    return LayerGradients(
      x: matrixProduct(dz, weight, M: B, N: D, K: O),
      weight: matrixProduct(dz, transposeA: true, x, M: O, N: D, K: B),
      bias: reduceSum(dz, outer: 1, count: B, inner: O)
    )
  }
}
