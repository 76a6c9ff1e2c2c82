/// Changes of shape. Results with the same order of elements share memory with the original.
extension Tensor {
  /// Returns the same elements in another shape. One extent may be −1; it is inferred.
  ///
  /// Stops the program if the numbers of elements differ.
  public func reshaped(to dimensions: [Int]) -> Tensor {
    guard let open = dimensions.firstIndex(of: -1) else { return reshaped(to: Shape(dimensions)) }
    var resolved = dimensions
    resolved[open] = 1
    let known = Shape(resolved).elementCount
    guard known > 0, elementCount % known == 0 else {
      fatalError("reshaped: shape \(shape) does not fit into \(dimensions)")
    }
    resolved[open] = elementCount / known
    return reshaped(to: Shape(resolved))
  }

  /// Returns the same elements in another shape.
  ///
  /// Stops the program if the numbers of elements differ.
  public func reshaped(to newShape: Shape) -> Tensor {
    guard newShape.elementCount == elementCount else {
      fatalError("reshaped: shape \(shape) does not fit into \(newShape)")
    }
    var result = detached
    result.shape = newShape
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) { [shape] in $0.reshaped(to: shape) }
  }

  /// The elements as a vector.
  public var flattened: Tensor { reshaped(to: [elementCount] as Shape) }

  /// Returns the tensor with a new axis of extent 1 at a position from 0 to the rank.
  public func expandingShape(at axis: Int) -> Tensor {
    reshaped(to: shape.inserting(1, at: axis))
  }

  /// Returns the tensor without one axis, whose extent must be 1.
  public func squeezingShape(at axis: Int) -> Tensor {
    guard shape[axis] == 1 else {
      fatalError("squeezingShape: axis \(axis) of shape \(shape) is not of extent 1")
    }
    return reshaped(to: shape.removing(axis))
  }

  /// The tensor with its last two axes exchanged.
  public var transposed: Tensor {
    guard rank >= 2 else { fatalError("transposed: shape \(shape) has fewer than two axes") }
    let rows = shape[-2]
    let columns = shape[-1]
    let batch = shape[0..<(rank - 2)]
    let result = Tensor(batch.appending(columns).appending(rows)) { target in
      read {
        Scalar._Kernels.transpose(
          $0, target, batch: batch.elementCount, rows: rows, columns: columns)
      }
    }
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) { $0.transposed }
  }

  /// Returns the tensor with its axes in another order: axis `i` of the result is axis
  /// `permutation[i]`.
  public func transposed(_ permutation: [Int]) -> Tensor {
    guard permutation.sorted() == Array(0..<rank) else {
      fatalError("transposed: \(permutation) is not a permutation of the axes of shape \(shape)")
    }
    if permutation == Array(0..<rank) { return self }
    let strides = shape.strides
    let result = strided(
      Shape(permutation.map { shape[$0] }), strides: permutation.map { strides[$0] })
    guard isTracked else { return result }
    var inverse = permutation
    for (position, axis) in permutation.enumerated() { inverse[axis] = position }
    return result.recorded(linearlyFrom: self) { [inverse] in $0.transposed(inverse) }
  }

  /// Returns the tensor with one axis in reverse order.
  public func flipped(axis: Int) -> Tensor {
    let axis = shape.resolvedAxis(axis, of: "flipped")
    var strides = shape.strides
    let start = Swift.max(shape[axis] - 1, 0) * strides[axis]
    strides[axis] = -strides[axis]
    let result = strided(shape, strides: strides, start: start)
    guard isTracked else { return result }
    return result.recorded(linearlyFrom: self) { $0.flipped(axis: axis) }
  }

  /// Returns tensors joined along an axis. All other extents must be equal.
  public static func concatenated(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    guard let first = tensors.first else { fatalError("concatenated: there are no tensors") }
    let axis = first.shape.resolvedAxis(axis, of: "concatenated")
    for tensor in tensors {
      var expected = first.shape
      if tensor.rank == first.rank { expected[axis] = tensor.shape[axis] }
      guard tensor.shape == expected else {
        fatalError(
          "concatenated: shapes \(first.shape) and \(tensor.shape) differ in an axis other than "
            + "\(axis)")
      }
    }
    if tensors.count == 1 { return first }
    let result = joined(tensors, axis: axis)
    guard tensors.contains(where: \.isTracked) else { return result }
    let extents = tensors.map { $0.shape[axis] }
    return result.recorded(from: tensors.map { $0.source }) { received, pass in
      var start = 0
      for (index, extent) in extents.enumerated() {
        if pass.wantsGradient(ofInput: index) {
          pass.add(received.first!.slice(axis: axis, start..<(start + extent)), toInput: index)
        }
        start += extent
      }
    }
  }

  /// Returns tensors of one shape joined along a new axis.
  public static func stacked(_ tensors: [Tensor], axis: Int = 0) -> Tensor {
    concatenated(tensors.map { $0.expandingShape(at: axis) }, axis: axis)
  }

  /// Returns the tensor split into parts of the given extents along an axis. They must add up to
  /// its extent.
  public func split(sizes: [Int], axis: Int = 0) -> [Tensor] {
    let axis = shape.resolvedAxis(axis, of: "split")
    guard sizes.reduce(0, +) == shape[axis] else {
      fatalError("split: sizes \(sizes) do not add up to axis \(axis) of shape \(shape)")
    }
    var start = 0
    return sizes.map { size in
      defer { start += size }
      return slice(axis: axis, start..<(start + size))
    }
  }

  /// Returns a dense tensor of the elements at the given strides, without recording.
  func strided(_ target: Shape, strides: [Int], start: Int = 0) -> Tensor {
    Tensor(target) { result in
      read {
        Scalar._Kernels.gatherStrided(
          $0 + start, strides: strides, shape: target.dimensions, result)
      }
    }
  }

  private static func joined(_ tensors: [Tensor], axis: Int) -> Tensor {
    var shape = tensors[0].shape
    shape[axis] = tensors.reduce(0) { $0 + $1.shape[axis] }
    let strides = shape.strides
    return Tensor(shape) { target in
      var start = 0
      for tensor in tensors {
        tensor.read { source in
          Scalar._Kernels.scatterStrided(
            source, strides: strides, shape: tensor.shape.dimensions, accumulating: false,
            target + start)
        }
        start += tensor.shape[axis] * strides[axis]
      }
    }
  }
}
