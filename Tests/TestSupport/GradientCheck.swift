public import Tensor
public import Testing

/// Expects the gradients of a function of several tensors to be those of central differences.
///
/// The function may have a result of any shape: it is contracted with fixed random weights, so that an
/// element of the result that ends up in the wrong place does not go unseen.
///
/// - Parameters:
///   - point: The operands.
///   - step: The distance of the differences. The function must be smooth that far from the point.
///   - tolerance: Relative to the gradient, or absolute where that is below 1.
public func expectGradients(
  at point: [Tensor<Double>], step: Double = 1e-5, within tolerance: Double = 1e-7,
  _ label: @autoclosure () -> String = "", sourceLocation: SourceLocation = #_sourceLocation,
  of function: ([Tensor<Double>]) throws -> Tensor<Double>
) rethrows {
  func contracted(_ operands: [Tensor<Double>]) throws -> Tensor<Double> {
    let result = try function(operands)
    return (result * .random(result.shape, seed: 99)).sum()
  }
  let gradients = try valueWithGradients(at: point, in: contracted).gradients
  for operand in point.indices {
    var moved = point
    let differences = try (0..<point[operand].elementCount).map { element in
      var values: [Double] = []
      for offset in [step, -step] {
        moved[operand] = point[operand]
        moved[operand].withUnsafeMutableBufferPointer { $0[element] += offset }
        values.append(try contracted(moved).scalar)
      }
      return (values[0] - values[1]) / (2 * step)
    }
    expectClose(
      gradients[operand], Tensor(shape: point[operand].shape, scalars: differences),
      within: tolerance, "\(label()) gradient of operand \(operand)", sourceLocation: sourceLocation
    )
  }
}
