/// The common shape of two operands by NumPy's rules: shapes are aligned at the innermost axis, and
/// two extents must be equal or one of them 1.
struct Broadcast {
  let shape: Shape
  /// The axes after merging, innermost first: each with its extent and its two strides, in
  /// elements.
  private let axes: [Axis]

  private struct Axis {
    var extent: Int
    var leftStride: Int
    var rightStride: Int
  }

  /// Creates the common shape, or nil if the shapes cannot be broadcast.
  init?(_ left: Shape, _ right: Shape) {
    let rank = max(left.rank, right.rank)
    var dimensions = [Int](repeating: 1, count: rank)
    var axes: [Axis] = []
    var leftStride = 1
    var rightStride = 1
    for position in 1...max(rank, 1) where position <= rank {
      let leftExtent = position <= left.rank ? left[-position] : 1
      let rightExtent = position <= right.rank ? right[-position] : 1
      guard leftExtent == rightExtent || leftExtent == 1 || rightExtent == 1 else { return nil }
      let extent = leftExtent == 1 ? rightExtent : leftExtent
      dimensions[rank - position] = extent
      let axis = Axis(
        extent: extent, leftStride: leftExtent == 1 ? 0 : leftStride,
        rightStride: rightExtent == 1 ? 0 : rightStride)
      leftStride *= leftExtent
      rightStride *= rightExtent
      if extent != 1 { Self.append(axis, to: &axes) }
    }
    shape = Shape(dimensions)
    self.axes = axes
  }

  /// Adds an axis outside of the others, merged with its neighbor if both operands have matching
  /// strides.
  private static func append(_ axis: Axis, to axes: inout [Axis]) {
    if let inner = axes.last, axis.leftStride == inner.leftStride * inner.extent,
      axis.rightStride == inner.rightStride * inner.extent
    {
      axes[axes.count - 1].extent *= axis.extent
    } else {
      axes.append(axis)
    }
  }

  /// Calls `body` for each innermost run of the result, with its start in the operands and in the
  /// result, its length, and the operands that advance along it.
  func forEachRun(
    _ body: (_ left: Int, _ right: Int, _ result: Int, _ count: Int, _OperandForm) -> Void
  ) {
    if shape.elementCount == 0 { return }
    guard let inner = axes.first else { return body(0, 0, 0, 1, .vectorVector) }
    let form: _OperandForm =
      inner.leftStride == 0 ? .scalarVector : inner.rightStride == 0 ? .vectorScalar : .vectorVector
    let outer = axes.dropFirst()
    var position = [Int](repeating: 0, count: outer.count)
    var left = 0
    var right = 0
    for run in 0..<(shape.elementCount / inner.extent) {
      body(left, right, run * inner.extent, inner.extent, form)
      for (index, axis) in outer.enumerated() {
        position[index] += 1
        left += axis.leftStride
        right += axis.rightStride
        if position[index] < axis.extent { break }
        position[index] = 0
        left -= axis.leftStride * axis.extent
        right -= axis.rightStride * axis.extent
      }
    }
  }
}

extension Tensor {
  /// Returns the tensor repeated along axes of extent 1 and along new outer axes.
  ///
  /// Stops the program if the shapes do not allow it.
  public func broadcast(to shape: Shape) -> Tensor {
    if self.shape == shape { return self }
    guard Broadcast(self.shape, shape)?.shape == shape else {
      fatalError("broadcast: shape \(self.shape) cannot be broadcast to \(shape)")
    }
    let value = detached
    let padding = shape.rank - rank
    let strides = value.shape.strides
    let repeated = Tensor(shape) { target in
      value.read {
        Scalar._Kernels.gatherStrided(
          $0,
          strides: (0..<shape.rank).map { axis in
            axis < padding || value.shape[axis - padding] == 1 ? 0 : strides[axis - padding]
          }, shape: shape.dimensions, target)
      }
    }
    guard isTracked else { return repeated }
    return repeated.recorded(linearlyFrom: self) { [original = self.shape] in
      $0.summed(to: original)
    }
  }

  /// Returns the sum over the axes that ``broadcast(to:)`` would repeat.
  ///
  /// It is the transpose of ``broadcast(to:)``.
  func summed(to shape: Shape) -> Tensor {
    if self.shape == shape { return self }
    let padding = rank - shape.rank
    let repeatedAxes = (0..<rank).filter { axis in
      axis < padding || (shape[axis - padding] == 1 && self.shape[axis] != 1)
    }
    return sum(axes: repeatedAxes, keepingAxes: true).reshaped(to: shape)
  }
}
