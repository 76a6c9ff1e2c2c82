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
    extents.map(trainingStep) + extents.map(forward)
  }

  func trainingStep(_ extents: Reference.SequenceExtents) -> Case {
    oneCase("training step", extents, passes: 3) { setUp in
      TrainingWork(setUp.model, x: setUp.x, y: setUp.y, reference: setUp.reference)
    }
  }

  func forward(_ extents: Reference.SequenceExtents) -> Case {
    oneCase("forward", extents, passes: 1) { setUp in
      InferenceWork(model: setUp.model, x: setUp.x, reference: setUp.reference)
    }
  }

  private func oneCase(
    _ name: String, _ extents: Reference.SequenceExtents, passes: Double,
    _ work: @escaping (SetUp) -> any Workload
  ) -> Case {
    let (T, B, D, H) = (extents.T, extents.B, extents.D, extents.H)
    var small = extents
    small.B = sampleBatch(B)
    return Case(
      suite: self.name, name: "\(name) B\(B) T\(T) D\(D) H\(H)",
      operationCount: passes * 2 * Double(B * T * gateCount * H * (D + H)),
      sample: small.B == B
        ? nil : .init(share: Double(small.B) / Double(B)) { work(SetUp(self, small)) }
    ) { work(SetUp(self, extents)) }
  }

  /// Returns a batch size for which the reference is fast, with four tiles of the recurrence if the
  /// batch has that many.
  private func sampleBatch(_ batch: Int) -> Int { batch > 72 ? 72 : max(1, batch / 8) }

  /// A model, random data, and the reference model with the same parameters.
  private struct SetUp {
    let model: Regressor<Recurrence>
    let x, y: Tensor<Float>
    let reference: ReferenceRegressor<Definition>

    init(_ suite: RecurrentSuite, _ extents: Reference.SequenceExtents) {
      let (T, B, D, H) = (extents.T, extents.B, extents.D, extents.H)
      var generator = Xoshiro256(seed: 3)
      model = Regressor(
        recurrence: suite.makeLayer(D, H, &generator),
        output: Dense(inputSize: H, outputSize: 1, using: &generator))
      x = .random([B, T, D], seed: 1)
      y = .random([B, 1], seed: 2)
      reference = ReferenceRegressor(
        parameters: model.parameters.map(\.value.scalars), x: x.transposed([1, 0, 2]).scalars,
        y: y.scalars, extents)
    }
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
