import Forecasting
import NeuralNetwork

extension Suites {
  /// A temporal convolutional network whose last step is the input of a dense layer with one output.
  static var tcn: [Case] {
    [
      TCNShape(B: 32, T: 28, D: 8, H: 32), TCNShape(B: 256, T: 56, D: 16, H: 64),
      TCNShape(B: 64, T: 112, D: 32, H: 128),
    ].cases
  }
}

/// The sizes of a network with the default number of blocks of `TCNArchitecture`, and its kernel.
private struct TCNShape: NetworkShape {
  var extents: ReferenceTCN.Extents

  init(B: Int, T: Int, D: Int, H: Int) {
    extents = .init(B: B, T: T, D: D, H: H, K: 3, blockCount: 4)
  }

  var suite: String { "tcn" }
  var name: String { "B\(extents.B) T\(extents.T) D\(extents.D) H\(extents.H)" }

  var batch: Int {
    get { extents.B }
    set { extents.B = newValue }
  }

  var operationCount: Double {
    let (D, H) = (extents.D, extents.H)
    let convolutions = (D + (2 * extents.blockCount - 1) * H) * extents.K * H
    return 2 * Double(extents.B * extents.T * (convolutions + D * H))
  }

  func setUp() -> NetworkSetUp<ConvolutionRegressor, ReferenceTCN> {
    let model = ConvolutionRegressor(extents)
    let x = Tensor<Float>.random([extents.B, extents.T, extents.D], seed: 1)
    let y = Tensor<Float>.random([extents.B, 1], seed: 2)
    return NetworkSetUp(
      model: model, x: x, y: y,
      reference: ReferenceTCN(
        parameters: model.parameters.map(\.value.scalars), x: x.scalars, y: y.scalars, extents))
  }
}

/// Blocks of dilated convolutions, and a dense layer on the last step.
///
/// Unlike in `TCNArchitecture`, every block has all steps, as in the other libraries.
private struct ConvolutionRegressor: Layer {
  private var blocks: [TCNBlock]
  private var output: Dense<Float>

  init(_ extents: ReferenceTCN.Extents) {
    var generator = Xoshiro256(seed: 3)
    blocks = (0..<extents.blockCount).map { place in
      TCNBlock(
        inputSize: place == 0 ? extents.D : extents.H, hiddenSize: extents.H,
        kernelSize: extents.K, dilation: 1 << place, using: &generator)
    }
    output = Dense(inputSize: extents.H, outputSize: 1, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    for place in blocks.indices { visit("blocks.\(place)", &blocks[place]) }
    visit("output", &output)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    var steps = input
    for block in blocks { steps = block.forward(steps, &pass) }
    let last = steps.shape[1] - 1
    return output.forward(steps.slice(axis: 1, last..<last + 1).squeezingShape(at: 1), &pass)
  }
}
