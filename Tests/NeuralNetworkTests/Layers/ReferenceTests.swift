import NeuralNetwork
import ReferenceKernels
import TestSupport
import Testing

/// The layers against their definitions in plain Swift, at odd extents.
@Suite struct ReferenceTests {
  @Test(arguments: [
    (B: 1, D: 3, O: 17), (65, 1, 3), (17, 65, 1), (3, 17, 65), (17, 5, 16), (33, 3, 68),
  ])
  func dense(_ extents: (B: Int, D: Int, O: Int)) {
    let (B, D, O) = extents
    let pairs: [(Activation, Reference.Activation)] = [
      (.linear, .linear), (.relu, .relu), (.sigmoid, .sigmoid), (.tanh, .tanh),
    ]
    for (activation, reference) in pairs {
      let layer = Dense<Float>(
        weight: .random([O, D], seed: 1), bias: .random([O], seed: 2), activation: activation)
      let x = Tensor<Float>.random([B, D], seed: 3)
      let dy = Tensor<Float>.random([B, O], seed: 4)
      let (weight, bias) = (layer.weight.scalars, layer.bias!.scalars)
      let y = Reference.denseForward(
        x: x.scalars, weight: weight, bias: bias, activation: reference, B: B, D: D, O: O)
      let expected = Reference.denseBackward(
        x: x.scalars, weight: weight, y: y, dy: dy.scalars, activation: reference, B: B, D: D, O: O)
      expectClose(layer(x), y, "y")
      let (_, gradients) = valueWithGradient(at: layer) { ($0(x) * dy).sum() }
      expectClose(gradients["weight"]!, expected.weight, "weight")
      expectClose(gradients["bias"]!, expected.bias, "bias")
      expectClose(gradient(at: x) { (layer($0) * dy).sum() }, expected.x, "x")
    }
  }

  @Test(arguments: RecurrentExtents.all)
  func lstm(_ extents: RecurrentExtents) {
    var generator = Xoshiro256(seed: 11)
    let layer = LSTM<Float>(inputSize: extents.D, hiddenSize: extents.H, using: &generator)
    let operands = RecurrentOperands(extents)
    let (x, h0, c0) = (operands.x, operands.hidden, operands.cell)
    let sequence = Reference.lstmForward(
      x: x.timeMajor, h0: h0.scalars, c0: c0.scalars, parameters: layer.layers[0].reference,
      extents.reference)
    let expected = Reference.lstmBackward(
      sequence, x: x.timeMajor, h0: h0.scalars, c0: c0.scalars,
      parameters: layer.layers[0].reference, dh: operands.dy.timeMajor,
      dcFinal: operands.dc.scalars, extents.reference)
    func run(
      _ layer: LSTM<Float>, _ point: [Tensor<Float>]
    ) -> (output: Tensor<Float>, state: LSTM<Float>.State) {
      layer(point[0], state: .init(hidden: point[1], cell: point[2]))
    }
    func loss(_ layer: LSTM<Float>, _ point: [Tensor<Float>]) -> Tensor<Float> {
      let (output, state) = run(layer, point)
      return (output * operands.dy).sum() + (state.cell * operands.dc).sum()
    }
    let (output, state) = run(layer, [x, h0, c0])
    expectClose(Tensor(output.timeMajor), sequence.h.flatMap(\.self), "output")
    expectClose(state.hidden, sequence.h.last!, "hidden")
    expectClose(state.cell, sequence.c.last!, "cell")
    let (_, gradients) = valueWithGradient(at: layer) { loss($0, [x, h0, c0]) }
    expectParameters(gradients, expected.parameters)
    let (_, inputs) = valueWithGradients(at: [x, h0, c0]) { loss(layer, $0) }
    expectClose(Tensor(inputs[0].timeMajor), expected.x, "dx")
    expectClose(inputs[1], expected.h0, "dh0")
    expectClose(inputs[2], expected.c0, "dc0")
  }

  @Test(arguments: RecurrentExtents.all)
  func gru(_ extents: RecurrentExtents) {
    var generator = Xoshiro256(seed: 11)
    var layer = GRU<Float>(inputSize: extents.D, hiddenSize: extents.H, using: &generator)
    layer.layers[0].inputBias = .random([3 * extents.H], seed: 6)
    layer.layers[0].recurrentBias = .random([3 * extents.H], seed: 7)
    let operands = RecurrentOperands(extents)
    let (x, h0) = (operands.x, operands.hidden)
    let sequence = Reference.gruForward(
      x: x.timeMajor, h0: h0.scalars, parameters: layer.layers[0].reference, extents.reference)
    let expected = Reference.gruBackward(
      sequence, x: x.timeMajor, h0: h0.scalars, parameters: layer.layers[0].reference,
      dh: operands.dy.timeMajor, extents.reference)
    let (output, state) = layer(x, state: h0)
    expectClose(Tensor(output.timeMajor), sequence.h.flatMap(\.self), "output")
    expectClose(state, sequence.h.last!, "state")
    let (_, gradients) = valueWithGradient(at: layer) {
      ($0(x, state: h0).output * operands.dy).sum()
    }
    expectParameters(gradients, expected.parameters)
    let (_, inputs) = valueWithGradients(at: [x, h0]) {
      (layer($0[0], state: $0[1]).output * operands.dy).sum()
    }
    expectClose(Tensor(inputs[0].timeMajor), expected.x, "dx")
    expectClose(inputs[1], expected.h0, "dh0")
  }

  @Test(arguments: RecurrentExtents.all, [RNNNonlinearity.tanh, .relu])
  func rnn(_ extents: RecurrentExtents, _ nonlinearity: RNNNonlinearity) {
    var generator = Xoshiro256(seed: 11)
    let layer = RNN<Float>(
      inputSize: extents.D, hiddenSize: extents.H, nonlinearity: nonlinearity, using: &generator)
    let operands = RecurrentOperands(extents)
    let (x, h0) = (operands.x, operands.hidden)
    let activation: Reference.Activation = nonlinearity == .tanh ? .tanh : .relu
    let states = Reference.rnnForward(
      x: x.timeMajor, h0: h0.scalars, parameters: layer.layers[0].reference,
      activation: activation, extents.reference)
    let expected = Reference.rnnBackward(
      h: states, x: x.timeMajor, h0: h0.scalars, parameters: layer.layers[0].reference,
      activation: activation, dh: operands.dy.timeMajor, extents.reference)
    let (output, state) = layer(x, state: h0)
    expectClose(Tensor(output.timeMajor), states.flatMap(\.self), "output")
    expectClose(state, states.last!, "state")
    let (_, gradients) = valueWithGradient(at: layer) {
      ($0(x, state: h0).output * operands.dy).sum()
    }
    expectParameters(gradients, expected.parameters)
    let (_, inputs) = valueWithGradients(at: [x, h0]) {
      (layer($0[0], state: $0[1]).output * operands.dy).sum()
    }
    expectClose(Tensor(inputs[0].timeMajor), expected.x, "dx")
    expectClose(inputs[1], expected.h0, "dh0")
  }

  private func expectParameters(
    _ gradients: Gradients<Float>, _ expected: Reference.RecurrentParameters<Float>
  ) {
    // Sums of up to 195 products of numbers of about 1, in another order.
    let tolerance: Float = 1e-4
    expectClose(
      gradients["weight_ih_l0"]!, expected.weightIH, within: tolerance, "weight_ih_l0")
    expectClose(
      gradients["weight_hh_l0"]!, expected.weightHH, within: tolerance, "weight_hh_l0")
    expectClose(gradients["bias_ih_l0"]!, expected.biasIH, within: tolerance, "bias_ih_l0")
    expectClose(gradients["bias_hh_l0"]!, expected.biasHH, within: tolerance, "bias_hh_l0")
  }
}

/// Extents of a recurrent pass, all different.
struct RecurrentExtents: Sendable {
  let T, B, D, H: Int

  static let all = [
    RecurrentExtents(T: 1, B: 65, D: 3, H: 17), RecurrentExtents(T: 3, B: 1, D: 17, H: 65),
    RecurrentExtents(T: 17, B: 3, D: 65, H: 1), RecurrentExtents(T: 3, B: 65, D: 1, H: 17),
  ]

  var reference: Reference.SequenceExtents { .init(T: T, B: B, D: D, H: H) }
}

private struct RecurrentOperands {
  let x, hidden, cell, dy, dc: Tensor<Float>

  init(_ extents: RecurrentExtents) {
    x = .random([extents.B, extents.T, extents.D], seed: 1)
    hidden = .random([1, extents.B, extents.H], seed: 2)
    cell = .random([1, extents.B, extents.H], seed: 3)
    dy = .random([extents.B, extents.T, extents.H], seed: 4)
    dc = .random([1, extents.B, extents.H], seed: 5)
  }
}

extension Tensor {
  /// [B, T, …] in the reference's order, [T, B, …].
  fileprivate var timeMajor: [Scalar] { transposed([1, 0, 2]).scalars }
}

extension RecurrentParameters {
  fileprivate var reference: Reference.RecurrentParameters<Scalar> {
    .init(
      weightIH: inputWeight.scalars, weightHH: recurrentWeight.scalars, biasIH: inputBias.scalars,
      biasHH: recurrentBias.scalars)
  }
}
