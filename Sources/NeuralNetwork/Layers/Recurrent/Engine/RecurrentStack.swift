/// The implementation that all recurrent layers share: stacked layers, dropout, and states.
public struct _RecurrentStack<Scalar: TensorScalar>: Sendable {
  let cell: RecurrentCell
  let returnsSequence: Bool
  let dropout: Double
  let recurrentDropout: Double
  var layers: [RecurrentParameters<Scalar>]

  init(
    cell: RecurrentCell, inputSize: Int, hiddenSize: Int, layerCount: Int,
    returnsSequence: Bool, dropout: Double, recurrentDropout: Double,
    using generator: inout Xoshiro256
  ) {
    guard inputSize > 0, hiddenSize > 0, layerCount > 0 else {
      fatalError(
        "\(cell.name): sizes must be positive, but are inputSize \(inputSize), hiddenSize \(hiddenSize), "
          + "layerCount \(layerCount)")
    }
    self.cell = cell
    self.returnsSequence = returnsSequence
    self.dropout = checkedDropoutRate(dropout, of: cell.name)
    self.recurrentDropout = checkedDropoutRate(recurrentDropout, of: cell.name)
    layers = (0..<layerCount).map { layer in
      RecurrentParameters(
        gateCount: cell.gateCount, inputSize: layer == 0 ? inputSize : hiddenSize,
        hiddenSize: hiddenSize, using: &generator)
    }
  }

  var inputSize: Int { layers[0].inputSize }
  var hiddenSize: Int { layers[0].hiddenSize }

  mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    for index in layers.indices { layers[index].visit(visit, layer: index) }
  }

  /// Returns all hidden states of the last layer, [B, T, H], or only its final hidden state,
  /// [B, H]. The initial states are zeros.
  ///
  /// - Parameters:
  ///   - input: The input sequences, [B, T, D].
  ///   - pass: The kind of pass, and its random numbers.
  @specialized(where Scalar == Float)
  func output(_ input: Tensor<Scalar>, _ pass: inout ForwardPass) -> Tensor<Scalar> {
    let (output, states) = run(input, initial: nil, wantsSequence: returnsSequence, &pass)
    return output ?? states[layers.count - 1][0]
  }

  /// Returns all hidden states of the last layer, [B, T, H], and the final states of all layers.
  ///
  /// - Parameters:
  ///   - input: The input sequences, [B, T, D].
  ///   - initial: The initial hidden states and the cell's other initial states, each [L, B, H];
  ///     nil for zeros.
  ///   - pass: The kind of pass, and its random numbers.
  /// - Returns: The hidden states, and the final states in the order of `initial`, each [L, B, H].
  @specialized(where Scalar == Float)
  func outputAndStates(
    _ input: Tensor<Scalar>, initial: [Tensor<Scalar>]?, _ pass: inout ForwardPass
  ) -> (output: Tensor<Scalar>, states: [Tensor<Scalar>]) {
    let (output, states) = run(input, initial: initial, wantsSequence: true, &pass)
    return (output!, (0...cell.stateCount).map { state in .stacked(states.map { $0[state] }) })
  }

  /// Runs all layers.
  ///
  /// - Returns: The last layer's hidden states [B, T, H] or nil, and each layer's final states, each
  ///   [B, H].
  private func run(
    _ input: Tensor<Scalar>, initial: [Tensor<Scalar>]?, wantsSequence: Bool,
    _ pass: inout ForwardPass
  ) -> (output: Tensor<Scalar>?, states: [[Tensor<Scalar>]]) {
    guard input.rank == 3, input.shape[2] == inputSize else {
      fatalError(
        "\(cell.name): expected an input [B, T, \(inputSize)], but got shape \(input.shape)")
    }
    let batch = input.shape[0]
    if let initial {
      for (state, name) in zip(initial, ["hidden"] + cell.stateNames) { check(state, batch, name) }
    }
    var output: Tensor<Scalar>? = input
    var states: [[Tensor<Scalar>]] = []
    for (index, layer) in layers.enumerated() {
      // Every layer below the last returns a sequence.
      var below = output!
      if index > 0 { below = Dropout(rate: dropout).forward(below, &pass) }
      let results = layer.run(
        cell, below,
        initial: (0...cell.stateCount).map {
          initial?[$0][index] ?? .zeros([batch, hiddenSize])
        },
        mask: recurrentMask(batch, &pass),
        wantsSequence: wantsSequence || index < layers.count - 1)
      output = results.sequence
      states.append(results.states)
    }
    return (output, states)
  }

  private func check(_ state: Tensor<Scalar>, _ batch: Int, _ name: String) {
    let shape: Shape = [layers.count, batch, hiddenSize]
    guard state.shape != shape else { return }
    fatalError("\(cell.name): expected a \(name) state \(shape), but got shape \(state.shape)")
  }

  /// Returns one mask for all steps, [B, H], or nil if there is no recurrent dropout.
  private func recurrentMask(_ batch: Int, _ pass: inout ForwardPass) -> Tensor<Scalar>? {
    guard pass.isTraining, recurrentDropout > 0 else { return nil }
    return .dropoutMask([batch, hiddenSize], rate: recurrentDropout, using: &pass.generator)
  }
}

extension _RecurrentStack: CustomStringConvertible {
  public var description: String {
    "\(cell.name)(\(inputSize) → \(hiddenSize), layers: \(layers.count)"
      + (dropout > 0 ? ", dropout: \(dropout)" : "")
      + (recurrentDropout > 0 ? ", recurrentDropout: \(recurrentDropout)" : "") + ")"
  }
}

extension RecurrentParameters {
  /// Creates random weights, gate by gate: Glorot for the inputs and orthogonal for the recurrence.
  /// The biases are zeros.
  fileprivate init(
    gateCount: Int, inputSize: Int, hiddenSize: Int, using generator: inout Xoshiro256
  ) {
    func gates(_ initializer: Initializer, _ columns: Int) -> Tensor<Scalar> {
      .concatenated(
        (0..<gateCount).map { _ in initializer.tensor([hiddenSize, columns], using: &generator) })
    }
    self.init(
      inputWeight: gates(.glorotUniform, inputSize),
      recurrentWeight: gates(.orthogonal(), hiddenSize),
      inputBias: .zeros([gateCount * hiddenSize]), recurrentBias: .zeros([gateCount * hiddenSize]))
  }
}
