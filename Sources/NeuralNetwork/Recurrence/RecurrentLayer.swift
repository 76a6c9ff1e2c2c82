/// The parameters of one layer of an LSTM or RNN, named and laid out as in PyTorch.
///
/// Two biases are kept, of which one would do, so that weights move between the two libraries
/// unchanged.
public struct RecurrentParameters<Scalar: TensorScalar>: Sendable {
  /// [G·H, D], G the gates of a unit: 4 in an LSTM, 1 in an RNN.
  public var inputWeight: Tensor<Scalar>
  /// [G·H, H]
  public var recurrentWeight: Tensor<Scalar>
  /// [G·H]
  public var inputBias: Tensor<Scalar>
  /// [G·H]
  public var recurrentBias: Tensor<Scalar>

  /// Stops the program if the shapes are not those of one layer.
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

  /// D
  var inputSize: Int { inputWeight.shape[1] }
  /// H
  var hiddenSize: Int { recurrentWeight.shape[1] }

  /// Shows the parameters under PyTorch's names for a layer: `weight_ih_l0`, …
  mutating func visit(_ visit: ParameterVisitor<Scalar>, layer: Int) {
    visit("weight_ih_l\(layer)", &inputWeight)
    visit("weight_hh_l\(layer)", &recurrentWeight)
    visit("bias_ih_l\(layer)", &inputBias)
    visit("bias_hh_l\(layer)", &recurrentBias)
  }

  /// Runs the layer over whole sequences, as one recorded operation.
  ///
  /// - Parameters:
  ///   - input: [B, T, D]
  ///   - hidden: The initial hidden state, [B, H].
  ///   - cellState: The initial cell state, [B, H].
  ///   - mask: What the hidden state is multiplied by between steps, [B, H]; nil for nothing.
  ///   - wantsSequence: Whether all hidden states are wanted.
  /// - Returns: The hidden states [B, T, H] or nil, the last hidden state and the last cell state
  ///   [B, H].
  @specialized(where Cell == LSTMCell, Scalar == Float)
  func run<Cell: RecurrentCell>(
    _ cell: Cell, _ input: Tensor<Scalar>, hidden: Tensor<Scalar>,
    cellState: Tensor<Scalar>, mask: Tensor<Scalar>?, wantsSequence: Bool
  ) -> (sequence: Tensor<Scalar>?, hidden: Tensor<Scalar>, cell: Tensor<Scalar>) {
    let pass = RecurrentPass(
      cell: cell,
      layout: RecurrentLayout(
        batch: input.shape[0], steps: input.shape[1], inputSize: inputSize,
        hiddenSize: hiddenSize, gateSize: inputWeight.shape[0]),
      input: input.detached, inputWeight: inputWeight.detached,
      recurrentWeight: recurrentWeight.detached,
      bias: inputBias.detached + recurrentBias.detached, initialHidden: hidden.detached,
      initialCell: cellState.detached, recurrentMask: mask)
    let operands = [
      input, inputWeight, recurrentWeight, inputBias, recurrentBias, hidden, cellState,
    ]
    let isTracked = operands.contains { $0.isTracked }
    let results = pass.run(wantsSequence: wantsSequence, wantsTrace: isTracked)
    guard let trace = results.trace else {
      return (results.sequence, results.hidden, results.cell)
    }
    let needsInput = input.isTracked
    let recorded = Tensor.recorded(
      [results.hidden, results.cell] + (results.sequence.map { [$0] } ?? []), from: operands,
      named: cell.name
    ) { gradients in
      let back = RecurrentBackwardPass(
        pass: pass, trace: trace, sequenceGradient: wantsSequence ? gradients[2] : nil,
        hiddenGradient: gradients[0], cellGradient: gradients[1], needsInputGradient: needsInput
      ).run()
      return [
        back.input, back.inputWeight, back.recurrentWeight, back.bias, back.bias,
        back.initialHidden, back.initialCell,
      ]
    }
    return (wantsSequence ? recorded[2] : nil, recorded[0], recorded[1])
  }
}
