import RealModule

extension Reference {
  /// Returns the maximum over each window, [B, H′, W′, C], like PyTorch's `nn.MaxPool2d`, but with the
  /// channels as the last axis.
  ///
  /// - Parameter x: Images, [B, H, W, C].
  @inlinable
  public static func maxPool<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], B: Int, C: Int, rows: ImageAxis, columns: ImageAxis
  ) -> [Scalar] {
    windows(B: B, C: C, rows, columns).map { window in window.map { x[$0] }.max()! }
  }

  /// Returns the gradient of a maximum over windows. The first maximum of a window receives the
  /// gradient.
  @inlinable
  public static func maxPoolBackward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], dy: [Scalar], B: Int, C: Int, rows: ImageAxis, columns: ImageAxis
  ) -> [Scalar] {
    var dx = [Scalar](repeating: 0, count: x.count)
    for (window, dy) in zip(windows(B: B, C: C, rows, columns), dy) {
      let greatest = window.map { x[$0] }.max()!
      dx[window.first { x[$0] == greatest }!] += dy
    }
    return dx
  }

  /// Returns the mean over each window, [B, H′, W′, C], like PyTorch's `nn.AvgPool2d`, but with the
  /// channels as the last axis.
  ///
  /// - Parameters:
  ///   - x: Images, [B, H, W, C].
  ///   - countsPadding: A Boolean value that indicates whether the zeros around the images count.
  @inlinable
  public static func averagePool<Scalar: Real & BinaryFloatingPoint>(
    _ x: [Scalar], countsPadding: Bool, B: Int, C: Int, rows: ImageAxis, columns: ImageAxis
  ) -> [Scalar] {
    windows(B: B, C: C, rows, columns).map { window in
      let count = countsPadding ? rows.kernel * columns.kernel : window.count
      return window.reduce(Scalar(0)) { $0 + x[$1] } / Scalar(count)
    }
  }

  /// Returns the gradient of a mean over windows.
  @inlinable
  public static func averagePoolBackward<Scalar: Real & BinaryFloatingPoint>(
    x: [Scalar], dy: [Scalar], countsPadding: Bool, B: Int, C: Int, rows: ImageAxis,
    columns: ImageAxis
  ) -> [Scalar] {
    var dx = [Scalar](repeating: 0, count: x.count)
    for (window, dy) in zip(windows(B: B, C: C, rows, columns), dy) {
      let count = countsPadding ? rows.kernel * columns.kernel : window.count
      for element in window { dx[element] += dy / Scalar(count) }
    }
    return dx
  }

  /// Returns the indices of the elements of each window, in the order of the outputs.
  @usableFromInline
  static func windows(B: Int, C: Int, _ rows: ImageAxis, _ columns: ImageAxis) -> [[Int]] {
    let outputs = rows.outputs * columns.outputs
    var result = [[Int]](repeating: [], count: B * outputs * C)
    for b in 0..<B {
      rows.forEachTap { h, _, row in
        columns.forEachTap { w, _, column in
          for c in 0..<C {
            result[(b * outputs + h * columns.outputs + w) * C + c].append(
              ((b * rows.extent + row) * columns.extent + column) * C + c)
          }
        }
      }
    }
    return result
  }
}
