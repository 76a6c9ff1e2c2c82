// The snippets are laid out as the comments that show them:
// swift-format-ignore-file

import NeuralNetwork
import Testing

// begin
struct Regressor: Module {
  var hidden: Dense<Float>
  var output: Dense<Float>

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("hidden", &hidden)
    visit("output", &output)
  }

  func callAsFunction(_ x: Tensor<Float>) -> Tensor<Float> { output(hidden(x)) }
}
// end

@Suite struct LayerSnippets {
  @Test func module() {
    var generator = Xoshiro256(seed: 42)
    let regressor = Regressor(
      hidden: Dense(inputSize: 3, outputSize: 5, using: &generator),
      output: Dense(inputSize: 5, outputSize: 2, using: &generator))
    #expect(regressor(.ones([7, 3])).shape == [7, 2])
  }

  @Test func dense() {
    // begin
    var generator = Xoshiro256(seed: 42)
    let layer = Dense<Float>(inputSize: 3, outputSize: 5, activation: .relu, using: &generator)
    let y = layer(Tensor.ones([7, 3]))   // [7, 5]
    // end
    #expect(y.shape == [7, 5])
  }

  @Test func recurrent() {
    let x = Tensor<Float>.ones([3, 5, 8])
    // begin
    var generator = Xoshiro256(seed: 42)
    let lstm = LSTM<Float>(inputSize: 8, hiddenSize: 64, layerCount: 2, using: &generator)
    let (output, state) = lstm(x, state: nil)      // x [B, T, 8] → output [B, T, 64]
    // end
    #expect(output.shape == [3, 5, 64])
    #expect(state.hidden.shape == [2, 3, 64])
  }

  @Test func gru() {
    let x = Tensor<Float>.ones([3, 5, 8])
    // begin
    var generator = Xoshiro256(seed: 42)
    let gru = GRU<Float>(inputSize: 8, hiddenSize: 64, layerCount: 2, using: &generator)
    let (output, state) = gru(x, state: nil)      // x [B, T, 8] → output [B, T, 64]
    // end
    #expect(output.shape == [3, 5, 64])
    #expect(state.shape == [2, 3, 64])
  }

  @Test func convolution() {
    let x = Tensor<Float>.ones([3, 5, 8])
    // begin
    var generator = Xoshiro256(seed: 42)
    let layer = Conv1d<Float>(
      inputSize: 8, outputSize: 32, kernelSize: 3, padding: .causal, dilation: 4, using: &generator)
    let y = layer(x)      // x [B, T, 8] → y [B, T, 32]
    // end
    #expect(y.shape == [3, 5, 32])
  }

  @Test func imageConvolution() {
    let x = Tensor<Float>.ones([2, 6, 8, 3])
    // begin
    var generator = Xoshiro256(seed: 42)
    let layer = Conv2d<Float>(
      inputSize: 3, outputSize: 32, kernelSize: 3, stride: 2, padding: 1, using: &generator)
    let y = layer(x)      // x [B, H, W, 3] → y [B, H / 2, W / 2, 32]
    // end
    #expect(y.shape == [2, 3, 4, 32])
  }

  @Test func maximumPooling() {
    let x = Tensor<Float>.ones([2, 6, 8, 3])
    // begin
    let layer = MaxPool2d<Float>(kernelSize: 2)
    let y = layer(x)      // x [B, H, W, C] → y [B, H / 2, W / 2, C]
    // end
    #expect(y.shape == [2, 3, 4, 3])
  }

  @Test func meanPooling() {
    let x = Tensor<Float>.ones([2, 6, 8, 3])
    // begin
    let layer = AvgPool2d<Float>(kernelSize: 3, stride: 2, padding: 1)
    let y = layer(x)      // x [B, H, W, C] → y [B, H / 2, W / 2, C]
    // end
    #expect(y.shape == [2, 3, 4, 3])
  }

  @Test func attention() {
    let x = Tensor<Float>.ones([2, 3, 16])
    // begin
    var generator = Xoshiro256(seed: 42)
    let layer = MultiheadAttention<Float>(size: 16, headCount: 4, isCausal: true, using: &generator)
    let y = layer(x)                       // x [B, T, 16] → y [B, T, 16]
    // end
    #expect(y.shape == [2, 3, 16])
  }

  @Test func batchNorm() {
    let (x, target) = (Tensor<Float>.ones([5, 8]), Tensor<Float>.zeros([5, 8]))
    var optimizer = Adam<Float>(learningRate: 0.01)
    // begin
    var layer = BatchNorm<Float>(size: 8)
    var generator = Xoshiro256(seed: 42)
    let (loss, gradients) = valueWithGradient(at: layer) { layer in
      meanSquaredError(layer(x, training: &generator), target)
    }
    optimizer.update(&layer, along: gradients)   // also updates the running averages
    let y = layer(x)                             // uses them
    // end
    #expect(loss.scalar == 0)
    #expect(y.shape == [5, 8])
    #expect(abs(layer.runningMean[at: 0] - 0.1) < 1e-6)
  }

  @Test func residual() {
    let x = Tensor<Float>.ones([3, 8])
    // begin
    var generator = Xoshiro256(seed: 42)
    let block = Residual(
      Sequential<Float>(
        LayerNorm(size: 8),
        Dense(inputSize: 8, outputSize: 32, activation: .relu, using: &generator),
        Dense(inputSize: 32, outputSize: 8, using: &generator)))
    let y = block(x)      // [..., 8] → [..., 8]
    // end
    #expect(y.shape == [3, 8])
  }

  @Test func layerNorm() {
    let x = Tensor<Float>.ones([3, 5, 8])
    // begin
    let layer = LayerNorm<Float>(size: 8)
    let y = layer(x)      // [..., 8] → [..., 8]
    // end
    #expect(y.shape == [3, 5, 8])
  }

  @Test func embedding() {
    // begin
    var generator = Xoshiro256(seed: 42)
    let weekday = Embedding<Float>(count: 7, size: 3, using: &generator)
    let vectors = weekday(IndexTensor(rows: [[0, 1, 2], [5, 6, 0]]))   // [2, 3] → [2, 3, 3]
    // end
    #expect(vectors.shape == [2, 3, 3])
  }

  @Test func pairwiseInteractions() {
    // begin
    var generator = Xoshiro256(seed: 42)
    let layer = PairwiseInteractions<Float>(fieldCount: 5, size: 8, using: &generator)
    let store = Embedding<Float>(count: 11, size: 8, using: &generator)
    let numbers = Tensor<Float>.ones([3, 5])
    let stores = store(IndexTensor(rows: [[4], [0], [10]]))   // [3, 1, 8]
    let y = layer(numbers, with: [stores])                    // [3, 8]
    // end
    #expect(y.shape == [3, 8])
  }

  @Test func frozenLayers() {
    // begin
    var generator = Xoshiro256(seed: 42)
    let network = Sequential<Float>(
      Frozen(Dense(inputSize: 3, outputSize: 8, activation: .relu, using: &generator)),
      Dense(inputSize: 8, outputSize: 1, using: &generator))
    print(network.parameterCount)   // 9
    // end
    #expect(network.parameterCount == 9)
  }

  @Test func sequence() {
    // begin
    var generator = Xoshiro256(seed: 42)
    let network = Sequential<Float>(
      Dense(inputSize: 2, outputSize: 64, activation: .relu, using: &generator),
      Dropout(rate: 0.1),
      Dense(inputSize: 64, outputSize: 1, using: &generator))
    // end
    #expect(network(.ones([3, 2])).shape == [3, 1])
  }
}
