import NeuralNetwork

/// The interactions of the columns of an encoding, as further channels of each step.
///
/// Each column has vectors of its own, which are not those of ``CategoryVectors``: a vector for each
/// category, which is zero for an unknown one, and a vector that each number is multiplied by. A step
/// has the interactions of all columns of the step and of the categories of the series.
///
/// The vectors of categories are appended to the channels first, and replaced by the interactions
/// afterwards. In between, a forecast can be differentiated by them, and so explained by columns.
struct ColumnInteractions: Module {
  private var vectors: CategoryVectors
  private var numbers: PairwiseInteractions<Float>
  private let history, future: Part
  /// The number of channels of a series without the vectors.
  private let staticWidth: Int

  /// The channels of past steps or of future steps.
  private struct Part {
    /// The number of channels without the vectors, C.
    let width: Int
    /// The number column in each channel, one-hot, [C + G · K, F], for vectors of G columns.
    let columns: Tensor<Float>
  }

  /// Creates random vectors, or nil if an encoding has no interactions.
  init?(_ encoding: InputEncoding, using generator: inout Xoshiro256) {
    let (fields, size) = (encoding.interactionFields, encoding.interactionSize)
    guard size > 0 else { return nil }
    vectors = CategoryVectors(of: fields.categories, in: encoding, using: &generator) { _ in size }
    numbers = PairwiseInteractions(
      fieldCount: fields.numbers.count, size: size,
      standardDeviation: CategoryVectors.deviation, using: &generator)
    let places = fields.numbers.map { encoding.channels(of: [$0.column]) }
    func part(_ channelCount: Int, _ channels: [Int]) -> Part {
      let width = channelCount - size
      var columns = Tensor<Float>.zeros([width + fields.steps.count * size, channels.count])
      for (column, channel) in channels.enumerated() { columns[at: channel, column] = 1 }
      return Part(width: width, columns: columns)
    }
    history = part(encoding.historyChannelCount, places.map { $0.history[0] })
    future = part(encoding.futureChannelCount, places.map { $0.future[0] })
    staticWidth = encoding.staticChannelCount
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    vectors.visitParameters(visit)
    visit("numbers", &numbers)
  }

  /// Returns the inputs with the vectors of categories appended to the channels.
  func embedding(_ inputs: NetworkInputs) -> NetworkInputs { vectors.forward(inputs) }

  /// Returns the inputs with interactions in the place of the vectors of categories.
  func forward(_ inputs: NetworkInputs) -> NetworkInputs {
    let statics = inputs.statics.parts(at: staticWidth, size: numbers.size)
    let ofSeries = statics.vectors?.expandingShape(at: 1)  // [B, 1, G, K]
    func joined(_ channels: Tensor<Float>, _ part: Part) -> Tensor<Float> {
      let (own, ofSteps) = channels.parts(at: part.width, size: numbers.size)
      let layer = PairwiseInteractions(weight: matmul(part.columns, numbers.weight))
      let interactions = layer(channels, with: [ofSteps, ofSeries].compactMap(\.self))
      return .concatenated([own, interactions], axis: 2)
    }
    return NetworkInputs(
      history: joined(inputs.history, history), future: joined(inputs.future, future),
      statics: statics.channels)
  }

  /// Returns the number of weights of the vectors of an encoding.
  static func weightCount(_ encoding: InputEncoding) -> Int {
    let fields = encoding.interactionFields
    return encoding.interactionSize
      * fields.categories.reduce(fields.numbers.count) { $0 + $1.vocabulary.count }
  }
}

extension Tensor<Float> {
  /// Returns the first channels, [..., C], and the vectors that follow them, [..., G, K], or nil if
  /// there are none.
  fileprivate func parts(at width: Int, size: Int) -> (channels: Tensor, vectors: Tensor?) {
    let (axis, count) = (rank - 1, shape[-1] - width)
    guard count > 0 else { return (self, nil) }
    let parts = split(sizes: [width, count], axis: axis)
    let vectors = parts[1].shape.removing(axis).appending(count / size).appending(size)
    return (parts[0], parts[1].reshaped(to: vectors))
  }
}
