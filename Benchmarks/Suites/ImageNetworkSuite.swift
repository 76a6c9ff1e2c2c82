import NeuralNetwork

extension Suites {
  /// Convolutions of images with ReLU and pooling, and a dense layer.
  static var cnn: [Case] {
    [
      ImageNetworkShape(B: 32, H: 28, W: 28, channels: [1, 16, 32], O: 10),
      ImageNetworkShape(B: 128, H: 32, W: 32, channels: [3, 32, 64], O: 10),
    ].cases
  }
}

private struct ImageNetworkShape: NetworkShape {
  var extents: ReferenceImageNetwork.Extents

  init(B: Int, H: Int, W: Int, channels: [Int], O: Int) {
    extents = .init(B: B, H: H, W: W, channels: channels, O: O)
  }

  var suite: String { "cnn" }
  var name: String {
    let channels = extents.channels.map { "\($0)" }.joined(separator: "-")
    return "B\(extents.B) H\(extents.H) W\(extents.W) C\(channels) O\(extents.O)"
  }

  var batch: Int {
    get { extents.B }
    set { extents.B = newValue }
  }

  var operationCount: Double {
    let (H, W, channels) = (extents.H, extents.W, extents.channels)
    let convolutions = zip(channels, channels.dropFirst()).enumerated().map { place, pair in
      (H >> place) * (W >> place) * pair.0 * pair.1 * 9
    }
    return 2 * Double(extents.B * (convolutions.reduce(0, +) + featureCount * extents.O))
  }

  /// The number of inputs of the dense layer.
  private var featureCount: Int {
    let count = extents.channels.count - 1
    return (extents.H >> count) * (extents.W >> count) * extents.channels.last!
  }

  func setUp() -> NetworkSetUp<ImageNetwork, ReferenceImageNetwork> {
    let model = ImageNetwork(extents.channels, featureCount: featureCount, outputSize: extents.O)
    let x = Tensor<Float>.random([extents.B, extents.H, extents.W, extents.channels[0]], seed: 1)
    let y = Tensor<Float>.random([extents.B, extents.O], seed: 2)
    return NetworkSetUp(
      model: model, x: x, y: y,
      reference: ReferenceImageNetwork(
        parameters: model.parameters.map(\.value.scalars), x: x.scalars, y: y.scalars, extents))
  }
}

/// Convolutions with ReLU, each followed by pooling, and a dense layer.
private struct ImageNetwork: Layer {
  private var convolutions: [Conv2d<Float>]
  private let pooling = MaxPool2d<Float>(kernelSize: 2)
  private var output: Dense<Float>

  init(_ channels: [Int], featureCount: Int, outputSize: Int) {
    var generator = Xoshiro256(seed: 3)
    convolutions = zip(channels, channels.dropFirst()).map { inputs, outputs in
      Conv2d(
        inputSize: inputs, outputSize: outputs, kernelSize: 3, padding: 1, activation: .relu,
        using: &generator)
    }
    output = Dense(inputSize: featureCount, outputSize: outputSize, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    for place in convolutions.indices { visit("convolutions.\(place)", &convolutions[place]) }
    visit("output", &output)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    var images = input
    for convolution in convolutions {
      images = pooling.forward(convolution.forward(images, &pass), &pass)
    }
    return output.forward(images.reshaped(to: [input.shape[0], output.weight.shape[1]]), &pass)
  }
}
