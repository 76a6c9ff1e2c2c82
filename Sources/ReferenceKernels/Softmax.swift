import RealModule

// The softmax and log-softmax of each row of [rows, columns], shifted by the row's maximum.
extension Reference {
  /// Returns `exp(x - max) / sum(exp(x - max))` for each row.
  @inlinable
  public static func softmax<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], rows: Int, columns: Int
  ) -> [Scalar] {
    eachRow(x, rows, columns, "softmax") { row in
      let shift = greatest(row)
      let exponentials = row.map { Scalar.exp($0 - shift) }
      let sum = exponentials.reduce(0, +)
      return exponentials.map { $0 / sum }
    }
  }

  /// Returns `x - max - log(sum(exp(x - max)))` for each row.
  @inlinable
  public static func logSoftmax<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], rows: Int, columns: Int
  ) -> [Scalar] {
    eachRow(x, rows, columns, "logSoftmax") { row in
      let shift = greatest(row)
      let logSum = Scalar.log(row.reduce(0) { $0 + Scalar.exp($1 - shift) })
      return row.map { $0 - shift - logSum }
    }
  }

  /// Returns `y * (dy - sum(y * dy))` for each row of `y = softmax(x)`.
  @inlinable
  public static func softmaxBackward<Scalar: Real & BinaryFloatingPoint>(
    y: [Scalar], dy: [Scalar], rows: Int, columns: Int
  ) -> [Scalar] {
    eachRow(y, dy, rows, columns, "softmaxBackward") { y, dy in
      let mean = zip(y, dy).reduce(0) { $0 + $1.0 * $1.1 }
      return zip(y, dy).map { $0 * ($1 - mean) }
    }
  }

  /// Returns `dy - exp(y) * sum(dy)` for each row of `y = logSoftmax(x)`.
  @inlinable
  public static func logSoftmaxBackward<Scalar: Real & BinaryFloatingPoint>(
    y: [Scalar], dy: [Scalar], rows: Int, columns: Int
  ) -> [Scalar] {
    eachRow(y, dy, rows, columns, "logSoftmaxBackward") { y, dy in
      let sum = dy.reduce(0, +)
      return zip(y, dy).map { $1 - Scalar.exp($0) * sum }
    }
  }
}

extension Reference {
  @inlinable
  static func greatest<Scalar: Real & BinaryFloatingPoint>(_ row: ArraySlice<Scalar>) -> Scalar {
    row.reduce(-.infinity) { $0.isNaN || $0 > $1 ? $0 : $1 }
  }

  @inlinable
  static func eachRow<Scalar>(
    _ x: [Scalar], _ rows: Int, _ columns: Int, _ operation: String,
    _ f: (ArraySlice<Scalar>) -> [Scalar]
  ) -> [Scalar] {
    require(x, "x", count: rows * columns, in: operation)
    return (0..<rows).flatMap { f(x[$0 * columns..<($0 + 1) * columns]) }
  }

  @inlinable
  static func eachRow<Scalar>(
    _ y: [Scalar], _ dy: [Scalar], _ rows: Int, _ columns: Int, _ operation: String,
    _ f: (ArraySlice<Scalar>, ArraySlice<Scalar>) -> [Scalar]
  ) -> [Scalar] {
    require(y, "y", count: rows * columns, in: operation)
    require(dy, "dy", count: rows * columns, in: operation)
    return (0..<rows).flatMap { row in
      let range = row * columns..<(row + 1) * columns
      return f(y[range], dy[range])
    }
  }
}
