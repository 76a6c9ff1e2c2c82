/// Reductions over axes. Sums add in a fixed number of lanes, so they are the same in every run and
/// their error grows slowly.
extension Tensor {
  /// The sum over some axes (all of them, by default).
  ///
  /// - Parameters:
  ///   - axes: The axes; negative ones count from the last.
  ///   - keepingAxes: Whether the axes stay, with extent 1.
  @specialized(where Scalar == Float)
  public func sum(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let plan = ReductionPlan(shape, axes: axes, named: "sum")
    let result = reduced(.sum, plan, keepingAxes: keepingAxes)
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) {
      $0.reshaped(to: plan.keptShape).broadcast(to: plan.shape)
    }
  }

  /// The sum over one axis.
  public func sum(axis: Int, keepingAxes: Bool = false) -> Tensor {
    sum(axes: [axis], keepingAxes: keepingAxes)
  }

  /// The mean over some axes (all of them, by default); NaN over no elements.
  public func mean(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    let plan = ReductionPlan(shape, axes: axes, named: "mean")
    return sum(axes: axes, keepingAxes: keepingAxes) / Scalar(plan.reducedCount)
  }

  /// The mean over one axis.
  public func mean(axis: Int, keepingAxes: Bool = false) -> Tensor {
    mean(axes: [axis], keepingAxes: keepingAxes)
  }

  /// The variance over some axes (all of them, by default): the mean squared distance from the mean,
  /// with `n − correction` as the divisor.
  public func variance(
    axes: [Int]? = nil, correction: Int = 0, keepingAxes: Bool = false
  ) -> Tensor {
    let plan = ReductionPlan(shape, axes: axes, named: "variance")
    let centred = self - mean(axes: axes, keepingAxes: true)
    return centred.squared().sum(axes: axes, keepingAxes: keepingAxes)
      / Scalar(plan.reducedCount - correction)
  }

  /// The square root of the ``variance(axes:correction:keepingAxes:)``. The gradient is 0 where all
  /// elements are equal, as in PyTorch.
  public func standardDeviation(
    axes: [Int]? = nil, correction: Int = 0, keepingAxes: Bool = false
  ) -> Tensor {
    variance(axes: axes, correction: correction, keepingAxes: keepingAxes).rootOfSquares()
  }

  /// The product over some axes (all of them, by default).
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

  /// The greatest element over some axes (all of them, by default), NaN if there is one. Elements
  /// that are equally great share the gradient, as in PyTorch's `amax`.
  public func max(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    extreme(.max, axes, keepingAxes, named: "max")
  }

  /// The least element over some axes (all of them, by default), NaN if there is one. Elements that
  /// are equally small share the gradient, as in PyTorch's `amin`.
  public func min(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    extreme(.min, axes, keepingAxes, named: "min")
  }

  /// The first position of the greatest element along an axis, row-major over the other axes.
  ///
  /// Stops the program if the axis is empty.
  public func argmax(axis: Int = -1) -> [Int] {
    positions(axis, named: "argmax", of: Scalar._Kernels.argmax)
  }

  /// The first position of the least element along an axis, row-major over the other axes.
  ///
  /// Stops the program if the axis is empty.
  public func argmin(axis: Int = -1) -> [Int] {
    positions(axis, named: "argmin", of: Scalar._Kernels.argmin)
  }

  /// Running sums along an axis.
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

  /// The Euclidean norm over some axes (all of them, by default). The gradient at 0 is 0, as in PyTorch.
  public func norm(axes: [Int]? = nil, keepingAxes: Bool = false) -> Tensor {
    squared().sum(axes: axes, keepingAxes: keepingAxes).rootOfSquares()
  }

  /// The sum of the squares of all elements, added up in double precision.
  package var sumOfSquares: Double { read { Scalar._Kernels.dot($0, $0, elementCount) } }

  /// A Boolean value that indicates whether no element is NaN or infinite.
  package var isFinite: Bool {
    // The squares of large elements overflow in Double.
    sumOfSquares.isFinite || withUnsafeBufferPointer { $0.allSatisfy { $0.isFinite } }
  }
}

/// Which axes are reduced, and what is left.
private struct ReductionPlan: Sendable {
  let shape: Shape
  /// Ascending.
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

  /// The result's shape with extents of 1 in place of the axes.
  var keptShape: Shape {
    var result = shape
    for axis in axes { result[axis] = 1 }
    return result
  }

  /// The result's shape without the axes.
  var droppedShape: Shape {
    Shape((0..<shape.rank).filter { !axes.contains($0) }.map { shape[$0] })
  }

  var reducedCount: Int { axes.reduce(1) { $0 * shape[$1] } }

  /// Runs of neighbouring axes, innermost first: each is one kernel call.
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

  /// Reduces neighbouring axes to extent 1.
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

  /// Returns the product over some axes, each kept with extent 1, as products of halves: all of its
  /// derivatives are right beside zeros too.
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

  /// For each element the product of all others that are reduced with it, right beside zeros too.
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
