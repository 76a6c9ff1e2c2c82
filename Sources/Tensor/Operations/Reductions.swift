/// Reductions over axes. Sums use a fixed number of partial sums, so they are the same in every run
/// and their error grows slowly.
extension Tensor {
  /// Returns the sum over some axes, or over all axes by default.
  ///
  /// - Parameters:
  ///   - axes: The axes. Negative ones count from the last.
  ///   - keepingAxes: A Boolean value that indicates whether to keep the axes with extent 1.
  @specialized(where Scalar == Float)
  public func sum(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let plan = ReductionPlan(shape, axes: axes, named: "sum")
    let result = reduced(.sum, plan, keepingAxes: keepingAxes)
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) {
      $0.reshaped(to: plan.keptShape).broadcast(to: plan.shape)
    }
  }

  /// Returns the sum over one axis.
  public func sum(axis: Int, keepingAxes: Bool = false) -> Tensor {
    sum(axes: [axis], keepingAxes: keepingAxes)
  }

  /// Returns the mean over some axes, or over all axes by default. The mean of no elements is NaN.
  public func mean(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let plan = ReductionPlan(shape, axes: axes, named: "mean")
    return sum(axes: axes, keepingAxes: keepingAxes) / Scalar(plan.reducedCount)
  }

  /// Returns the mean over one axis.
  public func mean(axis: Int, keepingAxes: Bool = false) -> Tensor {
    mean(axes: [axis], keepingAxes: keepingAxes)
  }

  /// Returns the variance over some axes, or over all axes by default: the sum of squared
  /// deviations from the mean, divided by `n − correction`.
  public func variance(
    axes: [Int]? = nil, correction: Int = 0, keepingAxes: Bool = false
  ) -> Tensor {
    let plan = ReductionPlan(shape, axes: axes, named: "variance")
    let centered = self - mean(axes: axes, keepingAxes: true)
    return centered.squared().sum(axes: axes, keepingAxes: keepingAxes)
      / Scalar(plan.reducedCount - correction)
  }

  /// Returns the square root of the ``variance(axes:correction:keepingAxes:)``. The gradient is 0
  /// where all elements are equal, as in PyTorch.
  public func standardDeviation(
    axes: [Int]? = nil, correction: Int = 0, keepingAxes: Bool = false
  ) -> Tensor {
    variance(axes: axes, correction: correction, keepingAxes: keepingAxes).rootOfSquares()
  }

  /// Returns the product over some axes, or over all axes by default.
  public func product(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let plan = ReductionPlan(shape, axes: axes, named: "product")
    let result = reduced(.product, plan, keepingAxes: keepingAxes)
    guard isTracked else { return result }
    return result.recorded(from: [source]) { [x = detached] received, pass in
      let gradient = received.first!.reshaped(to: plan.keptShape)
      if pass.isDifferentiated(received) {
        return pass.pullBack(gradient, at: [x]) { $0[0].productByHalves(over: plan.axes) }
      }
      pass.add(gradient * x.productOfOthers(plan), toInput: 0)
    }
  }

  /// Returns the largest element over some axes, or over all axes by default. It is NaN if an
  /// element is NaN.
  ///
  /// Equal largest elements share the gradient, as in PyTorch's `amax`.
  public func max(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    extreme(.max, axes, keepingAxes, named: "max")
  }

  /// Returns the smallest element over some axes, or over all axes by default. It is NaN if an
  /// element is NaN.
  ///
  /// Equal smallest elements share the gradient, as in PyTorch's `amin`.
  public func min(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    extreme(.min, axes, keepingAxes, named: "min")
  }

  /// Returns the first position of the largest element along an axis, in row-major order of the
  /// other axes.
  ///
  /// Stops the program if the axis is empty.
  public func argmax(axis: Int = -1) -> [Int] {
    positions(axis, named: "argmax", of: Scalar._Kernels.argmax)
  }

  /// Returns the first position of the smallest element along an axis, in row-major order of the
  /// other axes.
  ///
  /// Stops the program if the axis is empty.
  public func argmin(axis: Int = -1) -> [Int] {
    positions(axis, named: "argmin", of: Scalar._Kernels.argmin)
  }

  /// Returns the cumulative sums along an axis.
  public func cumulativeSum(axis: Int = -1) -> Tensor {
    let axis = shape.resolvedAxis(axis, of: "cumulativeSum")
    let result = Tensor(shape) { target in
      read {
        Scalar._Kernels.cumulativeSum(
          $0, target, outer: shape[0..<axis].elementCount, count: shape[axis],
          inner: shape[(axis + 1)..<rank].elementCount)
      }
    }
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) {
      $0.flipped(axis: axis).cumulativeSum(axis: axis).flipped(axis: axis)
    }
  }

  /// Returns the Euclidean norm over some axes, or over all axes by default. The gradient at 0 is
  /// 0, as in PyTorch.
  public func norm(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    squared().sum(axes: axes, keepingAxes: keepingAxes).rootOfSquares()
  }

  /// The sum of the squares of all elements, computed in double precision.
  package var sumOfSquares: Double { read { Scalar._Kernels.dot($0, $0, elementCount) } }

  /// A Boolean value that indicates whether all elements are finite.
  package var isFinite: Bool {
    // The squares of large elements can overflow in Double.
    sumOfSquares.isFinite || withUnsafeBufferPointer { $0.allSatisfy { $0.isFinite } }
  }
}

/// The axes of a reduction and the shape of its result.
private struct ReductionPlan: Sendable {
  let shape: Shape
  /// The reduced axes, in ascending order.
  let axes: [Int]

  init(_ shape: Shape, axes: [Int]?, named name: String) {
    self.shape = shape
    guard let axes else {
      self.axes = Array(0..<shape.rank)
      return
    }
    let resolved = axes.map { shape.resolvedAxis($0, of: name) }.sorted()
    guard Set(resolved).count == resolved.count else {
      fatalError("\(name): the axes \(axes) name one axis of shape \(shape) twice")
    }
    self.axes = resolved
  }

  /// The result's shape with extents of 1 for the reduced axes.
  var keptShape: Shape {
    var result = shape
    for axis in axes { result[axis] = 1 }
    return result
  }

  /// The result's shape without the reduced axes.
  var droppedShape: Shape {
    Shape((0..<shape.rank).filter { !axes.contains($0) }.map { shape[$0] })
  }

  var reducedCount: Int { axes.reduce(1) { $0 * shape[$1] } }

  /// The runs of adjacent axes, innermost first. Each run is one kernel call.
  var groups: [ClosedRange<Int>] {
    var groups: [ClosedRange<Int>] = []
    for axis in axes.reversed() {
      if let last = groups.last, last.lowerBound == axis + 1 {
        groups[groups.count - 1] = axis...last.upperBound
      } else {
        groups.append(axis...axis)
      }
    }
    return groups
  }
}

extension Tensor {
  @specialized(where Scalar == Float)
  private func reduced(
    _ reduction: _Reduction, _ plan: ReductionPlan, keepingAxes: Bool
  ) -> Tensor {
    var result = detached
    for group in plan.groups { result = result.reduced(reduction, over: group) }
    result.shape = keepingAxes ? plan.keptShape : plan.droppedShape
    return result
  }

  /// Reduces adjacent axes to extent 1.
  @specialized(where Scalar == Float)
  private func reduced(_ reduction: _Reduction, over group: ClosedRange<Int>) -> Tensor {
    var reducedShape = shape
    for axis in group { reducedShape[axis] = 1 }
    return Tensor(reducedShape) { target in
      read {
        Scalar._Kernels.reduce(
          reduction, $0, target, outer: shape[0..<group.lowerBound].elementCount,
          count: shape[group.lowerBound..<(group.upperBound + 1)].elementCount,
          inner: shape[(group.upperBound + 1)..<rank].elementCount)
      }
    }
  }

  private func extreme(
    _ reduction: _Reduction, _ axes: [Int]?, _ keepingAxes: Bool, named name: String
  ) -> Tensor {
    let plan = ReductionPlan(shape, axes: axes, named: name)
    guard plan.reducedCount > 0 else {
      fatalError("\(name): nothing to reduce along axes \(plan.axes) of shape \(shape)")
    }
    let result = reduced(reduction, plan, keepingAxes: keepingAxes)
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) { [x = detached] gradient in
      let isExtreme = x .== result.reshaped(to: plan.keptShape)
      let shares = isExtreme / isExtreme.sum(axes: plan.axes, keepingAxes: true)
      return gradient.reshaped(to: plan.keptShape) * shares
    }
  }

  /// Returns the product over some axes, each kept with extent 1, as products of halves. All its
  /// derivatives are correct even if elements are zero.
  private func productByHalves(over axes: [Int]) -> Tensor {
    var result = self
    for axis in axes {
      while result.shape[axis] > 1 {
        let count = result.shape[axis]
        let half = count / 2
        let pairs =
          result.slice(axis: axis, 0..<half) * result.slice(axis: axis, half..<(2 * half))
        result =
          count == 2 * half
          ? pairs
          : .concatenated([pairs, result.slice(axis: axis, (count - 1)..<count)], axis: axis)
      }
      if result.shape[axis] == 0 { result = result.sum(axis: axis, keepingAxes: true) + 1 }
    }
    return result
  }

  /// Returns, for each element, the product of all others in its reduction, even if elements are
  /// zero.
  private func productOfOthers(_ plan: ReductionPlan) -> Tensor {
    let isZero = self .== 0
    let zeroCount = isZero.sum(axes: plan.axes, keepingAxes: true)
    let nonzero = Tensor.select(isZero, .ones(shape), self)
    let product = nonzero.product(axes: plan.axes, keepingAxes: true)
    let ofZeros = isZero * (zeroCount .== 1) * product
    return Tensor.select(zeroCount .== 0, product / nonzero, ofZeros)
  }

  private func positions(
    _ axis: Int, named name: String,
    of kernel: (UnsafePointer<Scalar>, UnsafeMutablePointer<Int>, Int, Int, Int) -> Void
  ) -> [Int] {
    let axis = shape.resolvedAxis(axis, of: name)
    guard shape[axis] > 0 else { fatalError("\(name): axis \(axis) of shape \(shape) is empty") }
    let outer = shape[0..<axis].elementCount
    let inner = shape[(axis + 1)..<rank].elementCount
    return [Int](unsafeUninitializedCapacity: outer * inner) { target, count in
      read { kernel($0, target.baseAddress!, outer, shape[axis], inner) }
      count = outer * inner
    }
  }
}
