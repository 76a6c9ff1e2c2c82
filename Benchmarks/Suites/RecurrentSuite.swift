import NeuralNetwork
import ReferenceKernels

/// Training steps and forward passes of a recurrent layer whose last state is the input of a dense
/// layer with one output.
struct RecurrentSuite<Recurrence: Layer, Definition: ReferenceRecurrence>
where Recurrence.Scalar == Float {
  let name: String
  /// G, the number of gates: 4 in an LSTM, 3 in a GRU, 1 in an RNN.
  let gateCount: Int
  /// A closure that creates a layer that returns its last state, given D and H.
  let makeLayer: (Int, Int, inout Xoshiro256) -> Recurrence

  /// Returns all training steps, followed by all forward passes.
  func cases(_ extents: [Reference.SequenceExtents]) -> [Case] {
    extents.map { RecurrentShape(layers: self, extents: $0) }.cases
  }

  func trainingStep(_ extents: Reference.SequenceExtents) -> Case {
    RecurrentShape(layers: self, extents: extents).trainingStep
  }
}

private struct RecurrentShape<Recurrence: Layer, ReferenceLayer: ReferenceRecurrence>: NetworkShape
where Recurrence.Scalar == Float {
  let layers: RecurrentSuite<Recurrence, ReferenceLayer>
  var extents: Reference.SequenceExtents

  var suite: String { layers.name }
  var name: String { "B\(extents.B) T\(extents.T) D\(extents.D) H\(extents.H)" }

  var batch: Int {
    get { extents.B }
    set { extents.B = newValue }
  }

  /// A batch size with four tiles of the recurrence if the batch has that many.
  var sampleBatch: Int { batch > 72 ? 72 : max(1, batch / 8) }

  var operationCount: Double {
    2 * Double(extents.B * extents.T * layers.gateCount * extents.H * (extents.D + extents.H))
  }

  func setUp() -> NetworkSetUp<Regressor<Recurrence>, ReferenceRegressor<ReferenceLayer>> {
    let (T, B, D, H) = (extents.T, extents.B, extents.D, extents.H)
    var generator = Xoshiro256(seed: 3)
    let model = Regressor(
      recurrence: layers.makeLayer(D, H, &generator),
      output: Dense(inputSize: H, outputSize: 1, using: &generator))
    let (x, y) = (Tensor<Float>.random([B, T, D], seed: 1), Tensor<Float>.random([B, 1], seed: 2))
    return NetworkSetUp(
      model: model, x: x, y: y,
      reference: ReferenceRegressor(
        parameters: model.parameters.map(\.value.scalars), x: x.transposed([1, 0, 2]).scalars,
        y: y.scalars, extents))
  }
}

/// A recurrent layer whose last state is the input of a dense layer.
private struct Regressor<Recurrence: Layer>: Layer where Recurrence.Scalar == Float {
  var recurrence: Recurrence
  var output: Dense<Float>

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("recurrence", &recurrence)
    visit("output", &output)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    output.forward(recurrence.forward(input, &pass), &pass)
  }
}

extension Suites {
  static var lstmSuite: RecurrentSuite<LSTM<Float>, ReferenceLSTM> {
    RecurrentSuite(name: "lstm", gateCount: 4) {
      LSTM(inputSize: $0, hiddenSize: $1, returnsSequence: false, using: &$2)
    }
  }

  static var gruSuite: RecurrentSuite<GRU<Float>, ReferenceGRU> {
    RecurrentSuite(name: "gru", gateCount: 3) {
      GRU(inputSize: $0, hiddenSize: $1, returnsSequence: false, using: &$2)
    }
  }

  static var rnnSuite: RecurrentSuite<RNN<Float>, ReferenceRNN> {
    RecurrentSuite(name: "rnn", gateCount: 1) {
      RNN(inputSize: $0, hiddenSize: $1, returnsSequence: false, using: &$2)
    }
  }

  static var lstm: [Case] { lstmSuite.cases(gatedExtents) }

  static var gru: [Case] { gruSuite.cases(gatedExtents) }

  private static var gatedExtents: [Reference.SequenceExtents] {
    [
      .init(T: 28, B: 32, D: 8, H: 32), .init(T: 28, B: 32, D: 8, H: 64),
      .init(T: 28, B: 256, D: 16, H: 64), .init(T: 56, B: 256, D: 16, H: 128),
      .init(T: 28, B: 1024, D: 16, H: 128), .init(T: 100, B: 64, D: 32, H: 256),
      .init(T: 28, B: 1, D: 8, H: 64),
    ]
  }

  static var rnn: [Case] {
    rnnSuite.cases([
      .init(T: 28, B: 32, D: 8, H: 64), .init(T: 28, B: 256, D: 16, H: 128),
      .init(T: 100, B: 64, D: 32, H: 256),
    ])
  }
}
