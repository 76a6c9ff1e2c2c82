import RealModule

extension Reference {
  /// Returns each row normalized to mean 0 and variance 1, times `weight` plus `bias`, like PyTorch's
  /// `nn.LayerNorm`.
  @inlinable
  public static func layerNorm<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], weight: [Scalar], bias: [Scalar], epsilon: Scalar, rows: Int, columns: Int
  ) -> [Scalar] {
    require(weight, "weight", count: columns, in: "layerNorm")
    require(bias, "bias", count: columns, in: "layerNorm")
    return eachRow(x, rows, columns, "layerNorm") { row in
      zip(normalized(row, epsilon).values, zip(weight, bias)).map { $0 * $1.0 + $1.1 }
    }
  }

  /// Returns the gradients of a layer normalization, given the gradient `dy` of its result.
  @inlinable
  public static func layerNormBackward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], weight: [Scalar], dy: [Scalar], epsilon: Scalar, rows: Int, columns: Int
  ) -> LayerGradients<Scalar> {
    var gradients = LayerGradients(
      x: [], weight: [Scalar](repeating: 0, count: columns),
      bias: [Scalar](repeating: 0, count: columns))
    gradients.x = eachRow(x, dy, rows, columns, "layerNormBackward") { x, dy in
      let (values, factor) = normalized(x, epsilon)
      let dy = Array(dy)
      for column in 0..<columns {
        gradients.weight[column] += dy[column] * values[column]
        gradients.bias[column] += dy[column]
      }
      let g = zip(dy, weight).map { $0 * $1 }
      let shift = g.reduce(0, +) / Scalar(columns)
      let slope = zip(g, values).reduce(0) { $0 + $1.0 * $1.1 } / Scalar(columns)
      return zip(g, values).map { factor * ($0 - shift - $1 * slope) }
    }
    return gradients
  }

  /// Returns a row with mean 0 and variance 1, and the factor by which its deviations from the mean
  /// were multiplied.
  @inlinable
  static func normalized<Scalar: Real & BinaryFloatingPoint>(
    _ row: ArraySlice<Scalar>, _ epsilon: Scalar
  ) -> (values: [Scalar], factor: Scalar) {
    let count = Scalar(row.count)
    let mean = row.reduce(0, +) / count
    let variance = row.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    let factor = 1 / (variance + epsilon).squareRoot()
    return (row.map { ($0 - mean) * factor }, factor)
  }
}
