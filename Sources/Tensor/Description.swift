extension Tensor: CustomStringConvertible {
  /// The elements as nested lists with aligned columns. Long axes are abbreviated in the middle.
  public var description: String {
    if rank == 0 { return format(scalar) }
    if elementCount == 0 { return "[] of shape \(shape)" }
    let printer = TensorPrinter(self)
    return printer.text
  }

  fileprivate func format(_ value: Scalar) -> String {
    let text = value.description
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}

extension Tensor: CustomDebugStringConvertible {
  public var debugDescription: String {
    "Tensor<\(Scalar.self)>(shape: \(shape), \(isTracked ? "tracked, " : "")scalars: \(description))"
  }
}

/// A formatter of a tensor with at least one element.
private struct TensorPrinter<Scalar: TensorScalar> {
  private let tensor: Tensor<Scalar>
  private let strides: [Int]
  private let scalars: [Scalar]
  private let width: Int

  /// The number of entries that are printed at either end of an abbreviated axis.
  private static var edge: Int { 3 }
  /// The largest number of elements for which all entries are printed.
  private static var largestWhole: Int { 1000 }

  init(_ tensor: Tensor<Scalar>) {
    self.tensor = tensor
    strides = tensor.shape.strides
    scalars = tensor.scalars
    var widest = 1
    Self.forEachShown(tensor.shape, strides) { index in
      widest = Swift.max(widest, tensor.format(tensor.withUnsafeBufferPointer { $0[index] }).count)
    }
    width = widest
  }

  var text: String { block(axis: 0, start: 0, indent: 1) }

  private func block(axis: Int, start: Int, indent: Int) -> String {
    let isInnermost = axis == tensor.rank - 1
    let entries = Self.shownIndices(tensor.shape, axis).map { index -> String in
      guard let index else { return "…" }
      let position = start + index * strides[axis]
      if isInnermost { return padded(tensor.format(scalars[position])) }
      return block(axis: axis + 1, start: position, indent: indent + 1)
    }
    let separator =
      isInnermost
      ? ", "
      : "," + String(repeating: "\n", count: tensor.rank - 1 - axis)
        + String(repeating: " ", count: indent)
    return "[" + entries.joined(separator: separator) + "]"
  }

  private func padded(_ text: String) -> String {
    String(repeating: " ", count: width - text.count) + text
  }

  /// Returns the positions to print along an axis, with nil for the omitted ones.
  private static func shownIndices(_ shape: Shape, _ axis: Int) -> [Int?] {
    let extent = shape[axis]
    guard shape.elementCount > largestWhole, extent > 2 * edge else { return Array(0..<extent) }
    return Array(0..<edge) + [nil] + Array((extent - edge)..<extent)
  }

  private static func forEachShown(_ shape: Shape, _ strides: [Int], _ body: (Int) -> Void) {
    var starts = [0]
    for axis in 0..<shape.rank {
      let indices = shownIndices(shape, axis).compactMap(\.self)
      starts = starts.flatMap { start in indices.map { start + $0 * strides[axis] } }
    }
    starts.forEach(body)
  }
}
