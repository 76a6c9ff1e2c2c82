import NeuralNetwork
import TestSupport
import Testing

/// Ten training steps against PyTorch 2.13, by:
///
///     from torch import nn, optim
///     torch.set_default_dtype(torch.float64)
///     def train(model, optimizer, x, y):
///       for _ in range(10):
///         optimizer.zero_grad()
///         loss = ((model(x) - y) ** 2).mean()
///         loss.backward()
///         optimizer.step()
///         print(f"{loss.item():.9g}")
///     class Regressor(nn.Module):
///       def __init__(self, layers):
///         super().__init__()
///         self.lstm = nn.LSTM(2, 4, num_layers=layers, batch_first=True)
///         self.output = nn.Linear(4, 3)
///       def forward(self, x): return self.output(self.lstm(x)[0][:, -1])
@Suite struct TrainingStepTests {
  @Test func perceptronWithAdam() {
    // m = waves(nn.Sequential(nn.Linear(5, 7), nn.Tanh(), nn.Linear(7, 2)))
    // train(m, optim.Adam(m.parameters(), lr=0.05), wave(9, 5, phase=30), wave(9, 2, phase=31))
    var generator = anyGenerator()
    let network = Sequential<Float>(
      Dense(inputSize: 5, outputSize: 7, activation: .tanh, using: &generator),
      Dense(inputSize: 7, outputSize: 2, using: &generator)
    ).waves()
    expectLosses(
      of: network, Adam(learningRate: 0.05), .wave([9, 5], phase: 30), .wave([9, 2], phase: 31),
      [
        0.42331031, 0.222223728, 0.138916678, 0.1266177, 0.145477191, 0.167724939, 0.180659299,
        0.182955438, 0.177546474, 0.167828143,
      ])
  }

  @Test func twoLayerLSTMWithMomentum() {
    // m = waves(Regressor(2))
    // train(m, optim.SGD(m.parameters(), lr=0.1, momentum=0.9), wave(7, 5, 2, phase=30) * 4,
    //       wave(7, 3, phase=31))
    expectLosses(
      of: regressor(layerCount: 2), SGD(learningRate: 0.1, momentum: 0.9),
      .wave([7, 5, 2], phase: 30) * 4, .wave([7, 3], phase: 31),
      [
        0.193392218, 0.180969819, 0.161388396, 0.141280128, 0.126127222, 0.118720787,
        0.118901356, 0.124307904, 0.131598591, 0.137652669,
      ])
  }

  @Test func lstmWithAdamW() {
    // m = waves(Regressor(1))
    // train(m, optim.AdamW(m.parameters(), lr=0.05, weight_decay=0.1), wave(7, 5, 2, phase=30) * 4,
    //       wave(7, 3, phase=31))
    expectLosses(
      of: regressor(layerCount: 1), AdamW(learningRate: 0.05, weightDecay: 0.1),
      .wave([7, 5, 2], phase: 30) * 4, .wave([7, 3], phase: 31),
      [
        0.242340178, 0.197394974, 0.166655158, 0.144629873, 0.12860081, 0.119716483,
        0.118708681, 0.122374743, 0.125257367, 0.125310447,
      ])
  }

  private func regressor(layerCount: Int) -> Regressor {
    Regressor(inputSize: 2, hiddenSize: 4, layerCount: layerCount, outputSize: 3).waves()
  }
}

/// An LSTM whose last hidden state goes through a dense layer.
struct Regressor: Layer {
  var lstm: LSTM<Float>
  var output: Dense<Float>

  init(inputSize: Int, hiddenSize: Int, layerCount: Int, outputSize: Int) {
    var generator = anyGenerator()
    lstm = LSTM(
      inputSize: inputSize, hiddenSize: hiddenSize, layerCount: layerCount, returnsSequence: false,
      using: &generator)
    output = Dense(inputSize: hiddenSize, outputSize: outputSize, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("lstm", &lstm)
    visit("output", &output)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    output.forward(lstm.forward(input, &pass), &pass)
  }
}
