import ReferenceKernels

/// A temporal convolutional network whose last step is the input of a dense layer with one output.
struct ReferenceTCN: ReferenceModel {
  /// The sizes of a network.
  struct Extents {
    /// The batch size, the number of steps, and the numbers of channels of inputs and of blocks.
    var B, T, D, H: Int
    /// The number of steps that a step of a convolution depends on.
    var K: Int
    /// The number of blocks, each of which has twice the dilation of the one before.
    var blockCount: Int
  }

  /// The parameters of each block, followed by weight and bias of the dense layer.
  var parameters: [[Float]]
  private let x: [Float]  // [B, T, D]
  private let y: [Float]  // [B, 1]
  private let extents: Extents

  /// Creates a network.
  init(parameters: [[Float]], x: [Float], y: [Float], _ extents: Extents) {
    self.parameters = parameters
    self.x = x
    self.y = y
    self.extents = extents
  }

  func predictions() -> [Float] { output(of: lastStep(of: passes().last!.output)) }

  func lossAndGradients() -> (loss: Float, gradients: [[Float]]) {
    let (B, T, H) = (extents.B, extents.T, extents.H)
    let passes = passes()
    let state = lastStep(of: passes.last!.output)
    let prediction = output(of: state)
    let loss = Reference.meanSquaredError(prediction, y)
    let dense = Reference.denseBackward(
      x: state, weight: parameters[parameters.count - 2], y: prediction, dy: loss.gradient,
      activation: .linear, B: B, D: H, O: 1)
    var gradients = [dense.weight, dense.bias]
    // Only the last step has a gradient from the loss.
    var dy = [Float](repeating: 0, count: B * T * H)
    for b in 0..<B {
      for h in 0..<H { dy[(b * T + T - 1) * H + h] = dense.x[b * H + h] }
    }
    for (block, pass) in zip(blocks, passes).reversed() {
      let back = block.backward(pass, dy)
      gradients = back.parameters + gradients
      dy = back.x
    }
    return (loss.value, gradients)
  }

  private var blocks: [Block] {
    var rest = parameters.dropLast(2)
    return (0..<extents.blockCount).map { place in
      let inputSize = place == 0 ? extents.D : extents.H
      let count = inputSize == extents.H ? 4 : 6
      defer { rest = rest.dropFirst(count) }
      return Block(
        parameters: Array(rest.prefix(count)), inputSize: inputSize, dilation: 1 << place,
        extents: extents)
    }
  }

  private func passes() -> [Block.Pass] {
    blocks.reduce(into: []) { $0.append($1.forward($0.last?.output ?? x)) }
  }

  /// Returns the last step of sequences, [B, T, H] → [B, H].
  private func lastStep(of steps: [Float]) -> [Float] {
    let (T, H) = (extents.T, extents.H)
    return (0..<extents.B).flatMap { b in steps[((b + 1) * T - 1) * H..<(b + 1) * T * H] }
  }

  private func output(of state: [Float]) -> [Float] {
    Reference.denseForward(
      x: state, weight: parameters[parameters.count - 2], bias: parameters.last!,
      activation: .linear, B: extents.B, D: extents.H, O: 1)
  }
}

/// Two causal convolutions with ReLU, and a skip connection beside them.
private struct Block {
  /// The results of a pass.
  struct Pass {
    let input: [Float]  // [B, T, C]
    let inner, outer, skip, output: [Float]  // [B, T, H]
  }

  /// Weight and bias of both convolutions and, if the input has another number of channels, of the
  /// skip connection.
  let parameters: [[Float]]
  /// C, the number of channels of the input.
  let inputSize: Int
  let dilation: Int
  let extents: ReferenceTCN.Extents

  func forward(_ input: [Float]) -> Pass {
    let inner = Reference.relu(
      Reference.convolutionForward(
        x: input, weight: parameters[0], bias: parameters[1], convolution(of: inputSize)))
    let outer = Reference.relu(
      Reference.convolutionForward(
        x: inner, weight: parameters[2], bias: parameters[3], convolution(of: extents.H)))
    let skip =
      hasSkip
      ? Reference.denseForward(
        x: input, weight: parameters[4], bias: parameters[5], activation: .linear, B: rowCount,
        D: inputSize, O: extents.H) : input
    return Pass(
      input: input, inner: inner, outer: outer, skip: skip,
      output: Reference.relu(Reference.add(outer, skip)))
  }

  /// Returns the gradients of the input and of the parameters, given the gradient `dy` of the output.
  func backward(_ pass: Pass, _ dy: [Float]) -> (x: [Float], parameters: [[Float]]) {
    let sum = Reference.reluBackward(y: pass.output, dy: dy)
    let second = Reference.convolutionBackward(
      x: pass.inner, weight: parameters[2], dy: Reference.reluBackward(y: pass.outer, dy: sum),
      convolution(of: extents.H))
    let first = Reference.convolutionBackward(
      x: pass.input, weight: parameters[0],
      dy: Reference.reluBackward(y: pass.inner, dy: second.x), convolution(of: inputSize))
    let gradients = [first.weight, first.bias, second.weight, second.bias]
    guard hasSkip else { return (Reference.add(first.x, sum), gradients) }
    let skip = Reference.denseBackward(
      x: pass.input, weight: parameters[4], y: pass.skip, dy: sum, activation: .linear,
      B: rowCount, D: inputSize, O: extents.H)
    return (Reference.add(first.x, skip.x), gradients + [skip.weight, skip.bias])
  }

  private var hasSkip: Bool { parameters.count == 6 }
  private var rowCount: Int { extents.B * extents.T }

  private func convolution(of inputSize: Int) -> Reference.ConvolutionExtents {
    var sizes = Reference.ConvolutionExtents(
      B: extents.B, T: extents.T, C: inputSize, O: extents.H, K: extents.K)
    sizes.dilation = dilation
    sizes.before = dilation * (extents.K - 1)
    return sizes
  }
}
