import ReferenceKernels

/// Convolutions of 3 × 3 with ReLU, each followed by the maximum over 2 × 2, and a dense layer.
struct ReferenceImageNetwork: ReferenceModel {
  /// The sizes of a network.
  struct Extents {
    /// The batch size, and the numbers of rows and columns of the images.
    var B, H, W: Int
    /// The numbers of channels of the images and of each convolution.
    var channels: [Int]
    /// The number of outputs.
    var O: Int
  }

  /// Weight and bias of each convolution and of the dense layer, in order.
  var parameters: [[Float]]
  private let x: [Float]  // [B, H, W, C]
  private let y: [Float]  // [B, O]
  private let extents: Extents

  /// Creates a network.
  init(parameters: [[Float]], x: [Float], y: [Float], _ extents: Extents) {
    self.parameters = parameters
    self.x = x
    self.y = y
    self.extents = extents
  }

  func predictions() -> [Float] { output(of: passes().last!.maxima) }

  func lossAndGradients() -> (loss: Float, gradients: [[Float]]) {
    let passes = passes()
    let maxima = passes.last!.maxima
    let prediction = output(of: maxima)
    let loss = Reference.meanSquaredError(prediction, y)
    let dense = Reference.denseBackward(
      x: maxima, weight: parameters[parameters.count - 2], y: prediction, dy: loss.gradient,
      activation: .linear, B: extents.B, D: maxima.count / extents.B, O: extents.O)
    var gradients = [dense.weight, dense.bias]
    var dy = dense.x
    for (place, pass) in passes.enumerated().reversed() {
      let (rows, columns) = axes(at: place, kernel: 2, stride: 2)
      let ofValues = Reference.maxPoolBackward(
        x: pass.values, dy: dy, B: extents.B, C: extents.channels[place + 1], rows: rows,
        columns: columns)
      let back = Reference.convolutionBackward(
        x: pass.input, weight: parameters[2 * place],
        dy: Reference.reluBackward(y: pass.values, dy: ofValues), convolution(at: place))
      gradients = [back.weight, back.bias] + gradients
      dy = back.x
    }
    return (loss.value, gradients)
  }

  /// The results of a convolution: its input, its values after ReLU, and their maxima.
  private typealias Pass = (input: [Float], values: [Float], maxima: [Float])

  private func passes() -> [Pass] {
    (0..<extents.channels.count - 1).reduce(into: []) { passes, place in
      let input = passes.last?.maxima ?? x
      let values = Reference.relu(
        Reference.convolutionForward(
          x: input, weight: parameters[2 * place], bias: parameters[2 * place + 1],
          convolution(at: place)))
      let (rows, columns) = axes(at: place, kernel: 2, stride: 2)
      let maxima = Reference.maxPool(
        values, B: extents.B, C: extents.channels[place + 1], rows: rows, columns: columns)
      passes.append((input, values, maxima))
    }
  }

  private func convolution(at place: Int) -> Reference.ImageConvolutionExtents {
    let (rows, columns) = axes(at: place, kernel: 3, padding: 1)
    return .init(
      B: extents.B, C: extents.channels[place], O: extents.channels[place + 1], rows: rows,
      columns: columns)
  }

  /// Returns the rows and the columns of a convolution, each of which has half as many as the one
  /// before.
  private func axes(
    at place: Int, kernel: Int, stride: Int = 1, padding: Int = 0
  ) -> (rows: Reference.ImageAxis, columns: Reference.ImageAxis) {
    func axis(_ extent: Int) -> Reference.ImageAxis {
      .init(extent >> place, kernel: kernel, stride: stride, padding: padding)
    }
    return (axis(extents.H), axis(extents.W))
  }

  private func output(of maxima: [Float]) -> [Float] {
    Reference.denseForward(
      x: maxima, weight: parameters[parameters.count - 2], bias: parameters.last!,
      activation: .linear, B: extents.B, D: maxima.count / extents.B, O: extents.O)
  }
}
