import NeuralNetwork
import ReferenceKernels

extension Suites {
  /// The attention of sequences to themselves, forward only and with the gradients of queries, keys,
  /// and values.
  ///
  /// The projections are the identity, so that the reference is that of the attention alone. They
  /// count as operations nevertheless.
  static var attention: [Case] {
    let shapes = [
      AttentionShape(B: 32, T: 28, E: 64, heads: 4, isCausal: true),
      AttentionShape(B: 16, T: 128, E: 256, heads: 8, isCausal: false),
      AttentionShape(B: 4, T: 512, E: 256, heads: 4, isCausal: true),
    ]
    return shapes.map(\.forward) + shapes.map(\.forwardAndBackward)
  }
}

private struct AttentionShape {
  let B, T, E, heads: Int
  let isCausal: Bool

  var forward: Case {
    oneCase("forward", passes: 1) {
      let operands = Operands($0)
      return Computation(
        { operands.attend(operands.inputs) }, reference: operands.referenceOutput)
    }
  }

  var forwardAndBackward: Case {
    oneCase("forward and backward", passes: 3) {
      let operands = Operands($0)
      return Computation(
        operands.gradients,
        tensors: { Array(zip(["dqueries", "dkeys", "dvalues"], $0)) },
        reference: operands.referenceGradients)
    }
  }

  private func oneCase(
    _ name: String, passes: Double, _ work: @escaping (AttentionShape) -> any Workload
  ) -> Case {
    let small = AttentionShape(B: max(1, B / 16), T: T, E: E, heads: heads, isCausal: isCausal)
    let products = 8 * B * T * E * E + (isCausal ? 2 : 4) * B * T * T * E
    return Case(
      suite: "attention",
      name: "\(name) B\(B) T\(T) E\(E) heads \(heads)\(isCausal ? " causal" : "")",
      operationCount: passes * Double(products),
      sample: .init(share: Double(small.B) / Double(B)) { work(small) }
    ) { work(self) }
  }

  /// Random data.
  private struct Operands {
    let layer: MultiheadAttention<Float>
    /// The inputs of queries, keys, and values.
    let inputs: [Tensor<Float>]
    let dy: Tensor<Float>
    private let extents: Reference.AttentionExtents

    init(_ shape: AttentionShape) {
      let (B, T, E) = (shape.B, shape.T, shape.E)
      var generator = Xoshiro256(seed: 1)
      var layer = MultiheadAttention<Float>(
        size: E, headCount: shape.heads, isCausal: shape.isCausal, using: &generator)
      layer.inputWeight = Tensor.concatenated([.identity(E), .identity(E), .identity(E)])
      layer.output.weight = .identity(E)
      self.layer = layer
      inputs = (1...3).map { .random([B, T, E], seed: $0) }
      dy = .random([B, T, E], seed: 4)
      var extents = Reference.AttentionExtents(B: B, T: T, S: T, E: E, heads: shape.heads)
      extents.isCausal = shape.isCausal
      self.extents = extents
    }

    private var operands: Reference.AttentionOperands<Float> {
      .init(queries: inputs[0].scalars, keys: inputs[1].scalars, values: inputs[2].scalars)
    }

    func attend(_ inputs: [Tensor<Float>]) -> Tensor<Float> {
      layer.attend(inputs[0], to: inputs[1], values: inputs[2])
    }

    func gradients() -> [Tensor<Float>] {
      valueWithGradients(at: inputs) { (attend($0) * dy).sum() }.gradients
    }

    func referenceOutput() -> [Float] {
      Reference.attention(operands, ignored: nil, extents)
    }

    func referenceGradients() -> [[Float]] {
      let back = Reference.attentionBackward(operands, dy: dy.scalars, ignored: nil, extents)
      return [back.queries, back.keys, back.values]
    }
  }
}
