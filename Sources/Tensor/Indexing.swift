/// The selected positions along one axis.
public enum AxisSelection: Sendable {
  /// All positions.
  case all
  /// One position. The result does not have the axis.
  case index(Int)
  /// A range of positions.
  case range(Range<Int>)
  /// Every `by`-th position of a range, starting with the first.
  case stride(Range<Int>, by: Int)
}

extension Tensor {
  /// The element at a position, given one index per axis.
  public subscript(at indices: Int...) -> Scalar {
    get { withUnsafeBufferPointer { $0[shape.linearIndex(indices)] } }
    set {
      let index = shape.linearIndex(indices)
      withUnsafeMutableBufferPointer { $0[index] = newValue }
    }
  }

  /// The part at one position of the leading axis, without that axis. It shares memory with the
  /// tensor.
  public subscript(index: Int) -> Tensor {
    get {
      let part = self[index..<(index + 1)]
      return part.reshaped(to: part.shape.removing(0))
    }
    set { self[index..<(index + 1)] = newValue.expandingShape(at: 0) }
  }

  /// The part in a range of the leading axis. It shares memory with the tensor.
  ///
  /// Stops the program if the range is outside of the axis.
  public subscript(range: Range<Int>) -> Tensor {
    get {
      let range = shape.checkedRange(range, axis: 0)
      var result = detached
      result.shape[0] = range.count
      result.offset += range.lowerBound * shape[1..<rank].elementCount
      guard isTracked else { return result }
      return result.recorded(linearlyFrom: self) { [shape] in
        $0.placed(in: shape, [.range(range)])
      }
    }
    set { self[.range(range)] = newValue }
  }

  /// The part at the selected positions of each axis. All positions of further axes are selected.
  ///
  /// ```swift
  /// let columns = x[.all, .range(2..<5)]             // columns 2, 3, 4 of every row
  /// let thirds = x[.index(0), .stride(0..<9, by: 3)] // three elements of the first row
  /// ```
  ///
  /// Stops the program if a position is outside of its axis.
  public subscript(selections: AxisSelection...) -> Tensor {
    get { selecting(selections) }
    set {
      let part = StridedPart(shape, selections)
      guard newValue.shape == part.shape else {
        fatalError(
          "Tensor: shape \(newValue.shape) cannot be stored in a part of shape \(part.shape)")
      }
      if isTracked || newValue.isTracked {
        self = replacing(selections, part, with: newValue)
      } else {
        store(newValue, in: part)
      }
    }
  }

  /// Returns the part in a range of an axis.
  public func slice(axis: Int, _ range: Range<Int>) -> Tensor {
    let axis = shape.resolvedAxis(axis, of: "slice")
    if axis == 0 { return self[range] }
    return selecting(Array(repeating: .all, count: axis) + [.range(range)])
  }

  /// Returns the parts at the given positions of an axis, in that order. Positions may repeat.
  ///
  /// Stops the program if a position is outside of the axis.
  public func gathered(at indices: [Int], axis: Int = 0) -> Tensor {
    let axis = shape.resolvedAxis(axis, of: "gathered")
    if let outside = indices.first(where: { $0 < 0 || $0 >= shape[axis] }) {
      fatalError("gathered: index \(outside) is outside 0..<\(shape[axis]) of shape \(shape)")
    }
    var gatheredShape = shape
    gatheredShape[axis] = indices.count
    let layout = AxisLayout(shape, axis)
    let result = Tensor(gatheredShape) { target in
      read { source in
        layout.forEachRun(of: indices) { position, run in
          (target + position).update(from: source + run, count: layout.inner)
        }
      }
    }
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) { [shape] in
      $0.scattered(to: indices, axis: axis, of: shape)
    }
  }

  /// Returns zeros of a shape to which this tensor's parts are added at positions of an axis.
  ///
  /// It is the transpose of ``gathered(at:axis:)``.
  private func scattered(to indices: [Int], axis: Int, of shape: Shape) -> Tensor {
    let layout = AxisLayout(shape, axis)
    var result = Tensor.zeros(shape)
    result.write { target in
      read { source in
        layout.forEachRun(of: indices) { position, run in
          Scalar._Kernels.axpy(1, source + position, target + run, layout.inner)
        }
      }
    }
    return result.recorded(linearlyFrom: self) { $0.gathered(at: indices, axis: axis) }
  }

  private func selecting(_ selections: [AxisSelection]) -> Tensor {
    let part = StridedPart(shape, selections)
    let result = strided(part.shape, strides: part.strides, start: part.start)
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) { [shape] in $0.placed(in: shape, selections) }
  }

  /// Returns zeros of a shape with this tensor stored in a part of them.
  private func placed(in shape: Shape, _ selections: [AxisSelection]) -> Tensor {
    var result = Tensor.zeros(shape)
    result.store(self, in: StridedPart(shape, selections))
    return result.recorded(linearlyFrom: self) { $0.selecting(selections) }
  }

  private mutating func store(_ value: Tensor, in part: StridedPart) {
    write { target in
      value.read {
        Scalar._Kernels.scatterStrided(
          $0, strides: part.strides, shape: part.shape.dimensions, accumulating: false,
          target + part.start)
      }
    }
  }

  /// Returns the tensor with a part replaced. The gradient is passed to the remaining and the new
  /// elements.
  private func replacing(
    _ selections: [AxisSelection], _ part: StridedPart, with value: Tensor
  ) -> Tensor {
    var result = detached
    result.store(value.detached, in: part)
    guard isTracked || value.isTracked else { return result }
    return result.recorded(from: [source, value.source]) { received, pass in
      let gradient = received.first!
      if pass.wantsGradient(ofInput: 0) {
        pass.add(
          gradient.replacing(selections, part, with: .zeros(part.shape)), toInput: 0)
      }
      if pass.wantsGradient(ofInput: 1) { pass.add(gradient.selecting(selections), toInput: 1) }
    }
  }
}

/// The shape, strides, and start of a part of a row-major tensor.
private struct StridedPart: Sendable {
  private(set) var shape = Shape()
  private(set) var strides: [Int] = []
  private(set) var start = 0

  init(_ whole: Shape, _ selections: [AxisSelection]) {
    guard selections.count <= whole.rank else {
      fatalError("Tensor: \(selections.count) selections for the axes of shape \(whole)")
    }
    let wholeStrides = whole.strides
    for axis in 0..<whole.rank {
      let stride = wholeStrides[axis]
      switch axis < selections.count ? selections[axis] : .all {
      case .all: append(whole[axis], stride)
      case .index(let index):
        start += whole.checkedRange(index..<(index + 1), axis: axis).lowerBound * stride
      case .range(let range):
        start += whole.checkedRange(range, axis: axis).lowerBound * stride
        append(range.count, stride)
      case .stride(let range, let step):
        guard step > 0 else { fatalError("Tensor: a stride must be positive, but is \(step)") }
        start += whole.checkedRange(range, axis: axis).lowerBound * stride
        append((range.count + step - 1) / step, stride * step)
      }
    }
  }

  private mutating func append(_ extent: Int, _ stride: Int) {
    shape = shape.appending(extent)
    strides.append(stride)
  }
}

/// The extents of a tensor viewed as [outer, axis, inner].
private struct AxisLayout: Sendable {
  let outer, extent, inner: Int

  init(_ shape: Shape, _ axis: Int) {
    outer = shape[0..<axis].elementCount
    extent = shape[axis]
    inner = shape[(axis + 1)..<shape.rank].elementCount
  }

  /// Calls `body` with the offset of each gathered run in the result and its offset in the
  /// original.
  func forEachRun(of indices: [Int], _ body: (_ gathered: Int, _ original: Int) -> Void) {
    for block in 0..<outer {
      for (position, index) in indices.enumerated() {
        body((block * indices.count + position) * inner, (block * extent + index) * inner)
      }
    }
  }
}

extension Shape {
  fileprivate func linearIndex(_ indices: [Int]) -> Int {
    guard indices.count == rank else {
      fatalError("Tensor: \(indices.count) indices for the \(rank) axes of shape \(self)")
    }
    var result = 0
    for (axis, index) in indices.enumerated() {
      guard index >= 0, index < self[axis] else {
        fatalError("Tensor: index \(indices) is outside of shape \(self)")
      }
      result = result * self[axis] + index
    }
    return result
  }

  fileprivate func checkedRange(_ range: Range<Int>, axis: Int) -> Range<Int> {
    guard rank > 0 else { fatalError("Tensor: a scalar has no axis to index") }
    guard range.lowerBound >= 0, range.upperBound <= self[axis] else {
      fatalError(
        "Tensor: \(range.count == 1 ? "index \(range.lowerBound)" : "range \(range)") is outside "
          + "of axis \(axis) of shape \(self)")
    }
    return range
  }
}
