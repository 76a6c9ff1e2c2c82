import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The figures are those of PyTorch 2.13, by `attention(…)` of:
///
///     B, T, S, E, H = 4, 5, 7, 6, 2
///     def attention(kind):
///       m = waves(torch.nn.MultiheadAttention(E, H, batch_first=True, dtype=torch.float64))
///       q = wave(B, T, E, phase=30).requires_grad_()
///       k, v = (wave(B, S, E, phase=p).requires_grad_() for p in (31, 32))
///       padding = lambda n: torch.arange(n) >= n - torch.arange(B)[:, None]   # the last b keys
///       if kind == "causal":
///         y, _ = m(q, q, q, attn_mask=torch.ones(T, T).triu(1).bool())
///       elif kind == "padded":
///         y, _ = m(q, q, q, key_padding_mask=padding(T))
///       else:
///         y, _ = m(q, k, v, key_padding_mask=padding(S))
///       (y * wave(*y.shape, phase=33)).sum().backward()
///       show(y, q.grad, k.grad, v.grad, *(p.grad for p in m.parameters()))
@Suite struct MultiheadAttentionTests {
  /// A kind of attention, with its figures.
  enum Kind: CaseIterable {
    case causal, padded, cross

    var figures: [String: [Double]] {
      switch self {
      case .causal: MultiheadAttentionFigures.causal
      case .padded: MultiheadAttentionFigures.padded
      case .cross: MultiheadAttentionFigures.cross
      }
    }

    func layer<Scalar: TensorScalar>(of _: Scalar.Type) -> MultiheadAttention<Scalar> {
      var generator = anyGenerator()
      return MultiheadAttention<Scalar>(
        size: 6, headCount: 2, isCausal: self == .causal, using: &generator
      ).waves()
    }

    /// The inputs of queries and, with figures of their own, of keys and values.
    func operands<Scalar: TensorScalar>(of _: Scalar.Type) -> [Tensor<Scalar>] {
      let queries = Tensor<Scalar>.wave([4, 5, 6], phase: 30)
      guard self == .cross else { return [queries] }
      return [queries, .wave([4, 7, 6], phase: 31), .wave([4, 7, 6], phase: 32)]
    }

    func run<Scalar: TensorScalar>(
      _ layer: MultiheadAttention<Scalar>, _ operands: [Tensor<Scalar>]
    ) -> Tensor<Scalar> {
      switch self {
      case .causal: layer(operands[0])
      case .padded: layer.attend(operands[0], keyPaddingMask: padding(5))
      case .cross:
        layer.attend(
          operands[0], to: operands[1], values: operands[2], keyPaddingMask: padding(7))
      }
    }

    /// A mask of the last b keys of sequence b.
    private func padding<Scalar: TensorScalar>(_ count: Int) -> Tensor<Scalar> {
      Tensor([4, count]) { position in position[1] >= count - position[0] ? 1 : 0 }
    }
  }

  @Test(arguments: Kind.allCases) func followsPyTorch(_ kind: Kind) {
    expectFigures(kind, as: Float.self)
    expectFigures(kind, as: Double.self)
  }

  private func expectFigures<Scalar: TensorScalar>(_ kind: Kind, as scalar: Scalar.Type) {
    let layer = kind.layer(of: scalar)
    let operands = kind.operands(of: scalar)
    expectPyTorch(kind.run(layer, operands), kind.figures["output"], "output")
    let (_, gradients) = valueWithGradient(at: layer) {
      contracted(kind.run($0, operands), phase: 33)
    }
    #expect(
      gradients.names == ["in_proj_weight", "in_proj_bias", "out_proj.weight", "out_proj.bias"])
    expectPyTorch(gradients, kind.figures)
    let inputs = valueWithGradients(at: operands) {
      contracted(kind.run(layer, $0), phase: 33)
    }.gradients
    for (name, gradient) in zip(["dq", "dk", "dv"], inputs) {
      expectPyTorch(gradient, kind.figures[name], name)
    }
  }

  @Test(arguments: Kind.allCases) func gradientsAreCentralDifferences(_ kind: Kind) {
    expectGradients(
      of: kind.layer(of: Double.self), at: kind.operands(of: Double.self)
    ) { layer, operands in kind.run(layer, operands) }
  }

  /// Keys and values with one input are one product, and give the same as two.
  @Test func oneInputOfKeysAndValuesIsTheSameAsTwo() {
    let layer = Kind.cross.layer(of: Double.self)
    let operands = Kind.cross.operands(of: Double.self)
    let (joint, jointGradients) = valueWithGradient(at: layer) {
      contracted($0.attend(operands[0], to: operands[1]), phase: 3)
    }
    let (apart, apartGradients) = valueWithGradient(at: layer) {
      contracted($0.attend(operands[0], to: operands[1], values: operands[1]), phase: 3)
    }
    expectClose(joint, apart)
    for (joint, apart) in zip(jointGradients.values, apartGradients.values) {
      expectClose(joint, apart)
    }
  }

  /// One and several tiles of queries, more keys than queries and fewer, and no sequences.
  @Test(arguments: [
    Case(B: 3, T: 17, S: 65, E: 12, heads: 4), Case(B: 2, T: 300, S: 270, E: 6, heads: 3),
    Case(B: 2, T: 270, S: 300, E: 6, heads: 3, isCausal: true),
    Case(B: 1, T: 65, S: 3, E: 5, heads: 1, isCausal: true), Case(B: 5, T: 1, S: 7, E: 9, heads: 9),
    Case(B: 0, T: 2, S: 3, E: 4, heads: 1),
  ])
  func followsTheReference(_ one: Case) {
    let layer = one.layer
    let operands = one.operands
    let dy = Tensor<Float>.random([one.B, one.T, one.E], seed: 4)
    let mask = one.mask
    let reference = Reference.AttentionOperands(
      queries: operands[0].scalars, keys: operands[1].scalars, values: operands[2].scalars)
    func run(_ operands: [Tensor<Float>]) -> Tensor<Float> {
      layer.attend(operands[0], to: operands[1], values: operands[2], keyPaddingMask: mask)
    }
    expectClose(
      run(operands), Reference.attention(reference, ignored: mask.scalars, one.extents),
      within: 5e-5, "y")
    let back = Reference.attentionBackward(
      reference, dy: dy.scalars, ignored: mask.scalars, one.extents)
    let gradients = valueWithGradients(at: operands) { (run($0) * dy).sum() }.gradients
    expectClose(gradients[0], back.queries, within: 1e-4, "queries")
    expectClose(gradients[1], back.keys, within: 1e-4, "keys")
    expectClose(gradients[2], back.values, within: 1e-4, "values")
  }

  struct Case: Sendable {
    var B, T, S, E, heads: Int
    var isCausal = false

    var extents: Reference.AttentionExtents {
      var extents = Reference.AttentionExtents(B: B, T: T, S: S, E: E, heads: heads)
      extents.isCausal = isCausal
      return extents
    }

    /// A layer whose projections are the inputs.
    var layer: MultiheadAttention<Float> {
      var generator = anyGenerator()
      var layer = MultiheadAttention<Float>(
        size: E, headCount: heads, isCausal: isCausal, hasBias: false, using: &generator)
      layer.inputWeight = Tensor.concatenated([.identity(E), .identity(E), .identity(E)])
      layer.output.weight = .identity(E)
      return layer
    }

    var operands: [Tensor<Float>] {
      [
        .random([B, T, E], in: -3..<3, seed: 1), .random([B, S, E], in: -3..<3, seed: 2),
        .random([B, S, E], seed: 3),
      ]
    }

    /// A mask of some keys, including the first one of the second sequence.
    var mask: Tensor<Float> {
      Tensor([B, S]) { position in (3 * position[1] + position[0]) % 5 == 1 ? 1 : 0 }
    }
  }

  @Test func givesTheSameBitsOnAnyNumberOfThreads() {
    let one = Case(B: 2, T: 270, S: 300, E: 6, heads: 3, isCausal: true)
    let before = Parallelism.threadCount
    defer { Parallelism.threadCount = before }
    let results = [1, 2, 3].map { threads in
      Parallelism.threadCount = threads
      let layer = Kind.causal.layer(of: Float.self)
      let own = valueWithGradient(at: layer) { layer in
        contracted(layer(one.operands[0]), phase: 5)
      }
      return own.gradients.values
        + valueWithGradients(at: one.operands) { operands in
          contracted(layer.attend(operands[0], to: operands[1], values: operands[2]), phase: 5)
        }.gradients
    }
    #expect(results[0] == results[1])
    #expect(results[0] == results[2])
  }

  @Test func causalOutputsDoNotDependOnLaterSteps() {
    let layer = Kind.causal.layer(of: Float.self)
    let x = Tensor<Float>.wave([2, 7, 6], phase: 30)
    let other = Tensor.concatenated([x.slice(axis: 1, 0..<4), .zeros([2, 3, 6])], axis: 1)
    expectClose(layer(other).slice(axis: 1, 0..<4), layer(x).slice(axis: 1, 0..<4))
    #expect(layer(other) != layer(x))
  }

  /// A query without keys has a mean of 0, so that the output is the bias, and finite gradients.
  @Test func queriesWithoutKeysGiveTheBias() {
    let layer = Kind.padded.layer(of: Float.self)
    let x = Tensor<Float>.wave([2, 3, 6], phase: 30)
    let mask = Tensor<Float>([[1, 1, 1], [0, 0, 1]])
    let y = layer.attend(x, keyPaddingMask: mask)
    let bias = layer.output.bias!
    #expect(y[0] == Tensor.stacked([bias, bias, bias]))
    #expect(gradient(at: x) { layer.attend($0, keyPaddingMask: mask).sum() }.isFinite)
    #expect(layer.attend(x, to: .zeros([2, 0, 6]))[1][2] == bias)
  }

  @Test func shapesThatDoNotFitStop() async {
    let result = await #expect(processExitsWith: .failure, observing: [\.standardErrorContent]) {
      var generator = Xoshiro256(seed: 1)
      let layer = MultiheadAttention<Float>(size: 6, headCount: 2, using: &generator)
      _ = layer.attend(.zeros([2, 3, 6]), to: .zeros([4, 5, 6]))
    }
    expectStopped(
      result,
      "MultiheadAttention(6, heads: 2): expected queries [B, T, 6], keys and values [B, S, 6], and a "
        + "mask [B, S], but got shapes [2, 3, 6], [4, 5, 6], [4, 5, 6], and none")
  }

  /// `m = waves(Attention())` and `train(m, optim.Adam(m.parameters(), lr=0.05),
  /// wave(7, 6, 4, phase=30) * 4, wave(7, 3, phase=31))` of `TrainingStepTests`, with:
  ///
  ///     class Attention(nn.Module):
  ///       def __init__(self):
  ///         super().__init__()
  ///         self.attention = nn.MultiheadAttention(4, 2, batch_first=True)
  ///         self.output = nn.Linear(4, 3)
  ///       def forward(self, x):
  ///         mask = torch.ones(6, 6).triu(1).bool()
  ///         return self.output(x + self.attention(x, x, x, attn_mask=mask)[0])[:, -1]
  @Test func losesAsPyTorchDoes() {
    expectLosses(
      of: AttentionRegressor().waves(), Adam(learningRate: 0.05),
      .wave([7, 6, 4], phase: 30) * 4, .wave([7, 3], phase: 31),
      [
        2.92828255, 2.03362478, 1.29485683, 0.729520993, 0.388474393, 0.248917053, 0.21991837,
        0.180949938, 0.119501649, 0.0763126948,
      ])
  }
}

/// A residual attention whose last step goes through a dense layer.
private struct AttentionRegressor: Layer {
  var attention: MultiheadAttention<Float>
  var output: Dense<Float>

  init() {
    var generator = anyGenerator()
    attention = MultiheadAttention(size: 4, headCount: 2, isCausal: true, using: &generator)
    output = Dense(inputSize: 4, outputSize: 3, using: &generator)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    visit("attention", &attention)
    visit("output", &output)
  }

  func forward(_ input: Tensor<Float>, _ pass: inout ForwardPass) -> Tensor<Float> {
    let steps = output.forward(input + attention.forward(input, &pass), &pass)
    let last = (steps.shape[1] - 1)..<steps.shape[1]
    return steps.slice(axis: 1, last).squeezingShape(at: 1)
  }
}
