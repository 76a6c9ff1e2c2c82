import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// The attention of sequences to themselves, and a dense layer with one output on the mean of its
  /// steps.
  static var mha: [Case] {
    [
      AttentionRegressorShape(B: 32, T: 28, E: 64, heads: 2),
      AttentionRegressorShape(B: 16, T: 128, E: 256, heads: 8),
    ].cases
  }
}

private struct AttentionRegressorShape: NetworkShape {
  var extents: Reference.AttentionExtents

  init(B: Int, T: Int, E: Int, heads: Int) {
    extents = .init(B: B, T: T, S: T, E: E, heads: heads)
  }

  var suite: String { "mha" }
  var name: String { "B\(extents.B) T\(extents.T) E\(extents.E) heads \(extents.heads)" }

  var batch: Int {
    get { extents.B }
    set { extents.B = newValue }
  }

  var operationCount: Double {
    let (T, E) = (extents.T, extents.E)
    return Double(extents.B * (8 * T * E * E + 4 * T * T * E))
  }

  func setUp() -> NetworkSetUp<AttentionRegressor, ReferenceAttentionRegressor> {
    let model = AttentionRegressor(extents)
    let x = Tensor<Float>.random([extents.B, extents.T, extents.E], seed: 1)
    let y = Tensor<Float>.random([extents.B, 1], seed: 2)
    return NetworkSetUp(
      model: model, x: x, y: y,
      reference: ReferenceAttentionRegressor(
        parameters: model.parameters.map(\.value.scalars), x: x.scalars, y: y.scalars, extents))
  }
}

/// An attention, and a dense layer on the mean of its steps.
private struct AttentionRegressor: Layer {
  private var attention: MultiheadAttention<Float>
  private var output: Dense<Float>

  init(_ extents: Reference.AttentionExtents) {
    var generator = Xoshiro256(seed: 3)
    attention = MultiheadAttention(
      size: extents.E, headCount: extents.heads, using: &generator)
    output = Dense(inputSize: extents.E, outputSize: 1, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("attention", &attention)
    visit("output", &output)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    output.forward(attention.forward(input, &pass).mean(axes: [1]), &pass)
  }
}
