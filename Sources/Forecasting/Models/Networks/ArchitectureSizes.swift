/// An architecture with a dropout rate.
public protocol DropoutChoice: ForecastArchitecture {
  /// The dropout rate in training, from 0 to less than 1.
  var dropout: Double { get set }
}

extension ForecastArchitecture {
  /// A description of a number of units or layers that is out of range, or nil.
  var sizeFault: String? {
    if !(1...1 << 14).contains(hiddenSize) { return "hiddenSize is \(hiddenSize)" }
    return (1...64).contains(layerCount) ? nil : "layerCount is \(layerCount)"
  }
}

/// Returns a description of a dropout rate that is out of range, or nil.
func dropoutFault(_ rate: Double) -> String? {
  (0..<1).contains(rate) ? nil : "dropout is \(rate)"
}

/// Returns the number of weights of a dense layer with a bias.
func denseWeightCount(_ inputSize: Int, _ outputSize: Int) -> Int {
  outputSize * (inputSize + 1)
}

extension ForecastArchitecture {
  /// Returns the number of weights of stacked recurrent layers of the architecture's sizes, with two
  /// biases each.
  ///
  /// - Parameters:
  ///   - gateCount: The number of gates of a layer.
  ///   - inputSize: The number of input channels.
  func recurrentWeightCount(gateCount: Int, inputSize: Int) -> Int {
    func layer(_ inputSize: Int) -> Int { gateCount * hiddenSize * (inputSize + hiddenSize + 2) }
    return layer(inputSize) + (layerCount - 1) * layer(hiddenSize)
  }
}
