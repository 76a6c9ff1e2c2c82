import ReferenceKernels

/// The attention of sequences to themselves, and a dense layer with one output on the mean of its
/// steps.
struct ReferenceAttentionRegressor: ReferenceModel {
  /// Weight and bias of queries, keys, and values, of the attention's output, and of the dense layer.
  var parameters: [[Float]]
  private let x: [Float]  // [B, T, E]
  private let y: [Float]  // [B, 1]
  private let extents: Reference.AttentionExtents

  /// Creates a regressor.
  init(parameters: [[Float]], x: [Float], y: [Float], _ extents: Reference.AttentionExtents) {
    self.parameters = parameters
    self.x = x
    self.y = y
    self.extents = extents
  }

  func predictions() -> [Float] { forward().predictions }

  func lossAndGradients() -> (loss: Float, gradients: [[Float]]) {
    let (B, T, E) = (extents.B, extents.T, extents.E)
    let pass = forward()
    let loss = Reference.meanSquaredError(pass.predictions, y)
    let dense = Reference.denseBackward(
      x: pass.means, weight: parameters[4], y: pass.predictions, dy: loss.gradient,
      activation: .linear, B: B, D: E, O: 1)
    let dy = (0..<B * T * E).map { dense.x[$0 / (T * E) * E + $0 % E] / Float(T) }  // [B, T, E]
    let output = Reference.denseBackward(
      x: pass.heads, weight: parameters[2], y: pass.steps, dy: dy, activation: .linear, B: B * T,
      D: E, O: E)
    let attention = Reference.attentionBackward(
      pass.operands, dy: output.x, ignored: nil, extents)
    let input = Reference.denseBackward(
      x: x, weight: parameters[0], y: pass.projections, dy: sideBySide(attention),
      activation: .linear, B: B * T, D: E, O: 3 * E)
    return (
      loss.value,
      [input.weight, input.bias, output.weight, output.bias, dense.weight, dense.bias]
    )
  }

  /// The results of a pass.
  private struct Pass {
    let projections: [Float]  // [B, T, 3E]
    let operands: Reference.AttentionOperands<Float>
    let heads, steps: [Float]  // [B, T, E]
    let means: [Float]  // [B, E]
    let predictions: [Float]  // [B, 1]
  }

  private func forward() -> Pass {
    let (B, T, E) = (extents.B, extents.T, extents.E)
    let projections = Reference.denseForward(
      x: x, weight: parameters[0], bias: parameters[1], activation: .linear, B: B * T, D: E,
      O: 3 * E)
    let operands = Reference.AttentionOperands(
      queries: columns(0, of: projections), keys: columns(1, of: projections),
      values: columns(2, of: projections))
    let heads = Reference.attention(operands, ignored: nil, extents)
    let steps = Reference.denseForward(
      x: heads, weight: parameters[2], bias: parameters[3], activation: .linear, B: B * T, D: E,
      O: E)
    let means = Reference.reduceSum(steps, outer: B, count: T, inner: E).map { $0 / Float(T) }
    let predictions = Reference.denseForward(
      x: means, weight: parameters[4], bias: parameters[5], activation: .linear, B: B, D: E, O: 1)
    return Pass(
      projections: projections, operands: operands, heads: heads, steps: steps, means: means,
      predictions: predictions)
  }

  /// Returns the queries, the keys, or the values of the projections, [B, T, 3E] → [B, T, E].
  private func columns(_ part: Int, of projections: [Float]) -> [Float] {
    let E = extents.E
    return (0..<extents.B * extents.T).flatMap { row in
      projections[(3 * row + part) * E..<(3 * row + part + 1) * E]
    }
  }

  /// Returns queries, keys, and values in rows, [B, T, E] → [B, T, 3E].
  private func sideBySide(_ operands: Reference.AttentionOperands<Float>) -> [Float] {
    let E = extents.E
    return (0..<extents.B * extents.T).flatMap { row in
      [operands.queries, operands.keys, operands.values].flatMap { $0[row * E..<(row + 1) * E] }
    }
  }
}
