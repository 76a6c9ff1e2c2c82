/// What ``LSTM`` and ``RNN`` have in common: stacked layers, dropout between them, and their states.
struct RecurrentStack<Scalar: TensorScalar>: Sendable {
  let name: String
  let returnsSequence: Bool
  let dropout: Double
  let recurrentDropout: Double
  var layers: [RecurrentParameters<Scalar>]

  init(
    name: String, gateCount: Int, inputSize: Int, hiddenSize: Int, layerCount: Int,
    returnsSequence: Bool, dropout: Double, recurrentDropout: Double,
    using generator: inout Xoshiro256
  ) {
    guard inputSize > 0, hiddenSize > 0, layerCount > 0 else {
      fatalError(
        "\(name): sizes must be positive, but are inputSize \(inputSize), hiddenSize \(hiddenSize), "
          + "layerCount \(layerCount)")
    }
    self.name = name
    self.returnsSequence = returnsSequence
    self.dropout = checkedDropoutRate(dropout, of: name)
    self.recurrentDropout = checkedDropoutRate(recurrentDropout, of: name)
    layers = (0..<layerCount).map { layer in
      RecurrentParameters(
        gateCount: gateCount, inputSize: layer == 0 ? inputSize : hiddenSize,
        hiddenSize: hiddenSize, using: &generator)
    }
  }

  var inputSize: Int { layers[0].inputSize }
  var hiddenSize: Int { layers[0].hiddenSize }

  mutating func visitParameters(_ visit: ParameterVisitor<Scalar>) {
    for index in layers.indices { layers[index].visit(visit, layer: index) }
  }

  /// Runs all layers.
  ///
  /// - Parameters:
  ///   - input: [B, T, D]
  ///   - hidden, cell: The initial states, [L, B, H]; nil for zeros.
  ///   - wantsSequence: Whether the last layer's hidden states are wanted.
  /// - Returns: The last layer's hidden states [B, T, H] or nil, and each layer's final states [B, H].
  @specialized(where Cell == LSTMCell, Scalar == Float)
  func run<Cell: RecurrentCell>(
    _ kind: Cell, _ input: Tensor<Scalar>, hidden: Tensor<Scalar>?, cell: Tensor<Scalar>?,
    wantsSequence: Bool, _ pass: inout ForwardPass
  ) -> (output: Tensor<Scalar>?, hidden: [Tensor<Scalar>], cell: [Tensor<Scalar>]) {
    guard input.rank == 3, input.shape[2] == inputSize else {
      fatalError("\(name): expected an input [B, T, \(inputSize)], but got shape \(input.shape)")
    }
    let batch = input.shape[0]
    check(hidden, batch, "hidden")
    check(cell, batch, "cell")
    var output: Tensor<Scalar>? = input
    var finalHidden: [Tensor<Scalar>] = []
    var finalCell: [Tensor<Scalar>] = []
    for (index, layer) in layers.enumerated() {
      // Every layer below the last gives a sequence.
      var below = output!
      if index > 0 { below = Dropout(rate: dropout).forward(below, &pass) }
      let results = layer.run(
        kind, below, hidden: hidden?[index] ?? .zeros([batch, hiddenSize]),
        cellState: cell?[index] ?? .zeros([batch, hiddenSize]),
        mask: recurrentMask(batch, &pass),
        wantsSequence: wantsSequence || index < layers.count - 1)
      output = results.sequence
      finalHidden.append(results.hidden)
      finalCell.append(results.cell)
    }
    return (output, finalHidden, finalCell)
  }

  private func check(_ state: Tensor<Scalar>?, _ batch: Int, _ kind: String) {
    let shape: Shape = [layers.count, batch, hiddenSize]
    guard let state, state.shape != shape else { return }
    fatalError("\(name): expected a \(kind) state \(shape), but got shape \(state.shape)")
  }

  /// One mask for all steps, [B, H]; nil where none is at work.
  private func recurrentMask(_ batch: Int, _ pass: inout ForwardPass) -> Tensor<Scalar>? {
    guard pass.isTraining, recurrentDropout > 0 else { return nil }
    return .dropoutMask([batch, hiddenSize], rate: recurrentDropout, using: &pass.generator)
  }
}

extension RecurrentStack: CustomStringConvertible {
  var description: String {
    "\(name)(\(inputSize) → \(hiddenSize), layers: \(layers.count)"
      + (dropout > 0 ? ", dropout: \(dropout)" : "")
      + (recurrentDropout > 0 ? ", recurrentDropout: \(recurrentDropout)" : "") + ")"
  }
}

extension RecurrentParameters {
  /// Random weights: Glorot's for the inputs, orthogonal for the recurrence, gate by gate, and biases
  /// of zeros.
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
