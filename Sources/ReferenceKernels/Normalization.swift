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

  /// Returns each column normalized to mean 0 and variance 1 over the rows, times `weight` plus
  /// `bias`, like PyTorch's `nn.BatchNorm1d` in training.
  @inlinable
  public static func batchNorm<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], weight: [Scalar], bias: [Scalar], epsilon: Scalar, rows: Int, columns: Int
  ) -> [Scalar] {
    let turned = transpose(x, batch: 1, rows: rows, columns: columns)
    var result: [Scalar] = []
    for column in 0..<columns {
      let values = normalized(turned[column * rows..<(column + 1) * rows], epsilon).values
      result += values.map { $0 * weight[column] + bias[column] }
    }
    return transpose(result, batch: 1, rows: columns, columns: rows)
  }

  /// Returns the gradients of a batch normalization in training, given the gradient `dy` of its
  /// result.
  @inlinable
  public static func batchNormBackward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], weight: [Scalar], dy: [Scalar], epsilon: Scalar, rows: Int, columns: Int
  ) -> LayerGradients<Scalar> {
    let x = transpose(x, batch: 1, rows: rows, columns: columns)
    let dy = transpose(dy, batch: 1, rows: rows, columns: columns)
    var gradients = LayerGradients<Scalar>(x: [], weight: [], bias: [])
    for column in 0..<columns {
      let part = column * rows..<(column + 1) * rows
      let (values, factor) = normalized(x[part], epsilon)
      let bias = dy[part].reduce(0, +)
      let slope = zip(dy[part], values).reduce(0) { $0 + $1.0 * $1.1 }
      gradients.bias.append(bias)
      gradients.weight.append(slope)
      gradients.x += zip(dy[part], values).map { dy, value in
        factor * weight[column] * (dy - bias / Scalar(rows) - value * slope / Scalar(rows))
      }
    }
    gradients.x = transpose(gradients.x, batch: 1, rows: columns, columns: rows)
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
