/// The parameters of one layer of an LSTM, GRU, or RNN, named and laid out as in PyTorch.
///
/// As in PyTorch there are two biases, although one would be enough, so that weights can be
/// exchanged without conversion.
public struct RecurrentParameters<Scalar: TensorScalar>: Sendable {
  /// The weight of the input, [G·H, D]. G is the number of gates: 4 in an LSTM, 3 in a GRU, 1 in an
  /// RNN.
  public var inputWeight: Tensor<Scalar>
  /// The weight of the hidden state, [G·H, H].
  public var recurrentWeight: Tensor<Scalar>
  /// The bias of the product with the input, [G·H].
  public var inputBias: Tensor<Scalar>
  /// The bias of the product with the hidden state, [G·H].
  public var recurrentBias: Tensor<Scalar>

  /// Creates the parameters of a layer from its tensors.
  ///
  /// Stops the program if the shapes do not match those of one layer.
  public init(
    inputWeight: Tensor<Scalar>, recurrentWeight: Tensor<Scalar>, inputBias: Tensor<Scalar>,
    recurrentBias: Tensor<Scalar>
  ) {
    self.inputWeight = inputWeight
    self.recurrentWeight = recurrentWeight
    self.inputBias = inputBias
    self.recurrentBias = recurrentBias
    guard
      inputWeight.rank == 2, recurrentWeight.rank == 2,
      inputWeight.shape[0] == recurrentWeight.shape[0],
      inputBias.shape == [inputWeight.shape[0]], recurrentBias.shape == inputBias.shape
    else {
      fatalError(
        "RecurrentParameters: expected weights [G·H, D] and [G·H, H] and two biases [G·H], but got "
          + "\(inputWeight.shape), \(recurrentWeight.shape), \(inputBias.shape) and "
          + "\(recurrentBias.shape)")
    }
  }

  /// D, the number of input features.
  var inputSize: Int { inputWeight.shape[1] }
  /// H, the number of hidden units.
  var hiddenSize: Int { recurrentWeight.shape[1] }

  /// Calls a visitor with the parameters under PyTorch's names for a layer: `weight_ih_l0`, …
  mutating func visit(_ visit: ParameterVisitor<Scalar>, layer: Int) {
    visit("weight_ih_l\(layer)", &inputWeight)
    visit("weight_hh_l\(layer)", &recurrentWeight)
    visit("bias_ih_l\(layer)", &inputBias)
    visit("bias_hh_l\(layer)", &recurrentBias)
  }

  /// The same parameters, untracked.
  private var detached: Self {
    Self(
      inputWeight: inputWeight.detached, recurrentWeight: recurrentWeight.detached,
      inputBias: inputBias.detached, recurrentBias: recurrentBias.detached)
  }

  /// Runs the layer over whole sequences, as one recorded operation.
  ///
  /// - Parameters:
  ///   - cell: The time step.
  ///   - input: The input sequences, [B, T, D].
  ///   - initial: The initial hidden state and the cell's other initial states, each [B, H].
  ///   - mask: The factors for the hidden state between steps, [B, H]; nil for none.
  ///   - wantsSequence: A Boolean value that indicates whether to return all hidden states.
  /// - Returns: The hidden states [B, T, H] or nil, and the last hidden state and the cell's other
  ///   last states, each [B, H].
  @specialized(where Scalar == Float)
  func run(
    _ cell: RecurrentCell, _ input: Tensor<Scalar>, initial: [Tensor<Scalar>],
    mask: Tensor<Scalar>?, wantsSequence: Bool
  ) -> (sequence: Tensor<Scalar>?, states: [Tensor<Scalar>]) {
    let layout = RecurrentLayout(
      cell: cell, batch: input.shape[0], steps: input.shape[1], inputSize: inputSize,
      hiddenSize: hiddenSize, isMasked: mask != nil)
    let pass = RecurrentPass(
      layout: layout, input: input.detached, parameters: detached,
      initialHidden: initial[0].detached,
      initialStates: joined(initial[1...].map { $0.detached }, layout), recurrentMask: mask)
    let operands = [input, inputWeight, recurrentWeight, inputBias, recurrentBias] + initial
    let isTracked = operands.contains { $0.isTracked }
    let results = pass.run(wantsSequence: wantsSequence, wantsTrace: isTracked)
    let states = [results.hidden] + separated(results.states)
    guard let trace = results.trace else { return (results.sequence, states) }
    let needsInput = input.isTracked
    let recorded = Tensor.recorded(
      states + (results.sequence.map { [$0] } ?? []), from: operands, named: cell.name
    ) { gradients in
      let back = RecurrentBackwardPass(
        pass: pass, trace: trace, sequenceGradient: wantsSequence ? gradients.last! : nil,
        hiddenGradient: gradients[0],
        statesGradient: joined(gradients[1..<states.count], layout),
        needsInputGradient: needsInput
      ).run()
      let parameters = back.parameters
      return [
        back.input, parameters.inputWeight, parameters.recurrentWeight, parameters.inputBias,
        parameters.recurrentBias, back.initialHidden,
      ] + separated(back.initialStates)
    }
    return (
      wantsSequence ? recorded[states.count] : nil, Array(recorded[..<states.count])
    )
  }
}

/// Returns states [B, H] as one tensor, [states, B, H].
private func joined<Scalar: TensorScalar>(
  _ states: [Tensor<Scalar>], _ layout: RecurrentLayout
) -> Tensor<Scalar> {
  switch states.count {
  case 0: .zeros([0, layout.batch, layout.hiddenSize])
  case 1: states[0].expandingShape(at: 0)
  default: .stacked(states)
  }
}

/// Returns gradients of states, each [B, H] or nil for zeros, as one tensor, [states, B, H]; nil if
/// all of them are nil.
private func joined<Scalar: TensorScalar>(
  _ gradients: ArraySlice<Tensor<Scalar>?>, _ layout: RecurrentLayout
) -> Tensor<Scalar>? {
  guard gradients.contains(where: { $0 != nil }) else { return nil }
  return joined(
    gradients.map { $0 ?? .zeros([layout.batch, layout.hiddenSize]) } as [Tensor<Scalar>],
    layout)
}

/// Returns the states of one tensor, [states, B, H], each as [B, H].
private func separated<Scalar: TensorScalar>(_ states: Tensor<Scalar>) -> [Tensor<Scalar>] {
  (0..<states.shape[0]).map { states[$0] }
}
