import NeuralNetwork

/// Learned vectors for the categories that a network sees (Guo & Berkhahn 2016).
///
/// A column has one table, wherever it occurs. Row 0 is for unknown and missing categories, and is
/// zero. The network learns to forecast without a category, because some of the series' categories
/// are hidden in training.
struct CategoryVectors: Module {
  /// The table of each column, [V, E].
  private var tables: [Embedding<Float>]
  /// The indices of the tables of each part's columns.
  private let history, future, statics: [Int]

  init(_ encoding: InputEncoding, using generator: inout Xoshiro256) {
    let categories = encoding.categories
    tables = categories.map { category in
      var table = Embedding<Float>(
        count: category.vocabulary.count, size: category.vectorLength,
        paddingIndex: Int(Vocabulary.unknown), using: &generator)
      table.weight = table.weight * Self.deviation
      return table
    }
    func places(_ columns: InputEncoding.Columns) -> [Int] {
      columns.categories.map { column in categories.firstIndex { $0.column == column.column }! }
    }
    history = places(encoding.history)
    future = places(encoding.future)
    statics = places(encoding.statics)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    for place in tables.indices { visit("\(place)", &tables[place]) }
  }

  /// Returns the inputs with the category vectors appended to the channels.
  func forward(_ inputs: NetworkInputs, _ pass: inout ForwardPass) -> NetworkInputs {
    let categories = inputs.categories
    let hidden = categories.statics.map { Self.hidingSome($0, &pass) }
    return NetworkInputs(
      history: joined(inputs.history, categories.history, history),
      future: joined(inputs.future, categories.future, future),
      statics: joined(inputs.statics, hidden, statics))
  }

  /// Returns the channels with category vectors appended along the last axis.
  private func joined(
    _ channels: Tensor<Float>, _ categories: [IndexTensor], _ places: [Int]
  ) -> Tensor<Float> {
    guard !categories.isEmpty else { return channels }
    let vectors = zip(categories, places).map { codes, place in tables[place](codes) }
    return .concatenated([channels] + vectors, axis: channels.rank - 1)
  }

  /// Returns the categories, some of which are replaced by unknown in a training pass.
  private static func hidingSome(_ codes: IndexTensor, _ pass: inout ForwardPass) -> IndexTensor {
    guard pass.isTraining else { return codes }
    return IndexTensor(
      codes.shape,
      codes.values.map {
        Double.random(in: 0..<1, using: &pass.generator) < hiddenShare
          ? Int(Vocabulary.unknown) : $0
      })
  }

  /// The standard deviation of initial vectors, which is small compared with the other channels.
  private static let deviation: Float = 0.1
  /// The share of the series' categories that are hidden in training.
  private static let hiddenShare = 0.05

  /// Returns the number of weights of the vectors of an encoding.
  static func weightCount(_ encoding: InputEncoding) -> Int {
    encoding.categories.reduce(0) { $0 + $1.vocabulary.count * $1.vectorLength }
  }
}
