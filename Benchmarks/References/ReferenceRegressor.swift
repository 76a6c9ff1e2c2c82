import ReferenceKernels

/// A recurrent layer whose last state is the input of a dense layer with one output.
struct ReferenceRegressor<Recurrence: ReferenceRecurrence>: ReferenceModel {
  private var recurrence: Reference.RecurrentParameters<Float>
  private var weight: [Float]  // [1, H]
  private var bias: [Float]  // [1]
  private let x: [Float]  // [T, B, D]
  private let y: [Float]  // [B, 1]
  private let extents: Reference.SequenceExtents

  /// Creates a regressor.
  ///
  /// - Parameter parameters: The recurrence's parameters in PyTorch's order, followed by weight and
  ///   bias.
  init(parameters: [[Float]], x: [Float], y: [Float], _ extents: Reference.SequenceExtents) {
    recurrence = .init(
      weightIH: parameters[0], weightHH: parameters[1], biasIH: parameters[2],
      biasHH: parameters[3])
    weight = parameters[4]
    bias = parameters[5]
    self.x = x
    self.y = y
    self.extents = extents
  }

  var parameters: [[Float]] {
    get { recurrence.all + [weight, bias] }
    set {
      self = Self(parameters: newValue, x: x, y: y, extents)
    }
  }

  func predictions() -> [Float] { output(of: Recurrence(x, recurrence, extents)) }

  func lossAndGradients() -> (loss: Float, gradients: [[Float]]) {
    let (T, B, H) = (extents.T, extents.B, extents.H)
    let pass = Recurrence(x, recurrence, extents)
    let prediction = output(of: pass)
    let loss = Reference.meanSquaredError(prediction, y)
    let dense = Reference.denseBackward(
      x: pass.lastState, weight: weight, y: prediction, dy: loss.gradient, activation: .linear,
      B: B, D: H, O: 1)
    // Only the last state has a gradient from the loss.
    let dh = [Float](repeating: 0, count: (T - 1) * B * H) + dense.x
    let gradients = pass.backward(dh, x, recurrence, extents)
    return (loss.value, gradients.all + [dense.weight, dense.bias])
  }

  private func output(of pass: Recurrence) -> [Float] {
    Reference.denseForward(
      x: pass.lastState, weight: weight, bias: bias, activation: .linear, B: extents.B,
      D: extents.H, O: 1)
  }
}

/// A pass of a recurrent layer over sequences, with an initial state of zeros.
protocol ReferenceRecurrence {
  init(
    _ x: [Float], _ parameters: Reference.RecurrentParameters<Float>,
    _ extents: Reference.SequenceExtents)

  /// The state h of the last step, [B, H].
  var lastState: [Float] { get }

  /// Returns the gradients of the parameters, given the gradient `dh` of h of every step,
  /// [T, B, H].
  func backward(
    _ dh: [Float], _ x: [Float], _ parameters: Reference.RecurrentParameters<Float>,
    _ extents: Reference.SequenceExtents
  ) -> Reference.RecurrentParameters<Float>
}

struct ReferenceLSTM: ReferenceRecurrence {
  private let sequence: Reference.LSTMSequence<Float>

  init(
    _ x: [Float], _ parameters: Reference.RecurrentParameters<Float>,
    _ extents: Reference.SequenceExtents
  ) {
    let zeros = extents.zeroState
    sequence = Reference.lstmForward(x: x, h0: zeros, c0: zeros, parameters: parameters, extents)
  }

  var lastState: [Float] { sequence.h.last! }

  func backward(
    _ dh: [Float], _ x: [Float], _ parameters: Reference.RecurrentParameters<Float>,
    _ extents: Reference.SequenceExtents
  ) -> Reference.RecurrentParameters<Float> {
    let zeros = extents.zeroState
    return Reference.lstmBackward(
      sequence, x: x, h0: zeros, c0: zeros, parameters: parameters, dh: dh, dcFinal: zeros, extents
    ).parameters
  }
}

struct ReferenceGRU: ReferenceRecurrence {
  private let sequence: Reference.GRUSequence<Float>

  init(
    _ x: [Float], _ parameters: Reference.RecurrentParameters<Float>,
    _ extents: Reference.SequenceExtents
  ) {
    sequence = Reference.gruForward(
      x: x, h0: extents.zeroState, parameters: parameters, extents)
  }

  var lastState: [Float] { sequence.h.last! }

  func backward(
    _ dh: [Float], _ x: [Float], _ parameters: Reference.RecurrentParameters<Float>,
    _ extents: Reference.SequenceExtents
  ) -> Reference.RecurrentParameters<Float> {
    Reference.gruBackward(
      sequence, x: x, h0: extents.zeroState, parameters: parameters, dh: dh, extents
    ).parameters
  }
}

struct ReferenceRNN: ReferenceRecurrence {
  private let states: [[Float]]

  init(
    _ x: [Float], _ parameters: Reference.RecurrentParameters<Float>,
    _ extents: Reference.SequenceExtents
  ) {
    states = Reference.rnnForward(
      x: x, h0: extents.zeroState, parameters: parameters, activation: .tanh, extents)
  }

  var lastState: [Float] { states.last! }

  func backward(
    _ dh: [Float], _ x: [Float], _ parameters: Reference.RecurrentParameters<Float>,
    _ extents: Reference.SequenceExtents
  ) -> Reference.RecurrentParameters<Float> {
    Reference.rnnBackward(
      h: states, x: x, h0: extents.zeroState, parameters: parameters, activation: .tanh, dh: dh,
      extents
    ).parameters
  }
}

extension Reference.SequenceExtents {
  /// The initial state, [B, H].
  var zeroState: [Float] { [Float](repeating: 0, count: B * H) }
}

extension Reference.RecurrentParameters {
  /// The parameters in PyTorch's order.
  var all: [[Scalar]] { [weightIH, weightHH, biasIH, biasHH] }
}
