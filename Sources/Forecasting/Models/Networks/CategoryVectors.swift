import NeuralNetwork

/// Learned vectors for the categories that a network sees (Guo & Berkhahn 2016).
///
/// A column has one table, wherever it occurs. Row 0 is for unknown and missing categories, and is
/// zero.
struct CategoryVectors: Module {
  /// The table of each column, [V, E].
  private var tables: [Embedding<Float>]
  /// The columns of each part that have a table.
  private let history, future, statics: [Column]

  /// A column of categories in a part of the input.
  private struct Column {
    /// The place of the column among those of the part.
    let place: Int
    /// The place of its table.
    let table: Int
  }

  /// Creates the tables of some columns.
  ///
  /// - Parameters:
  ///   - categories: The columns.
  ///   - encoding: The encoding, whose parts contain the columns.
  ///   - generator: The source of the random vectors.
  ///   - length: A function that returns the length of a column's vectors, E.
  init(
    of categories: [InputEncoding.Category], in encoding: InputEncoding,
    using generator: inout Xoshiro256, length: (InputEncoding.Category) -> Int
  ) {
    tables = categories.map { category in
      var table = Embedding<Float>(
        count: category.vocabulary.count, size: length(category),
        paddingIndex: Int(Vocabulary.unknown), using: &generator)
      table.weight = table.weight * Float(Self.deviation)
      return table
    }
    func columns(_ part: InputEncoding.Columns) -> [Column] {
      part.categories.enumerated().compactMap { place, category in
        categories.firstIndex { $0.column == category.column }
          .map { Column(place: place, table: $0) }
      }
    }
    history = columns(encoding.history)
    future = columns(encoding.future)
    statics = columns(encoding.statics)
  }

  /// Creates the tables of all columns of an encoding.
  init(_ encoding: InputEncoding, using generator: inout Xoshiro256) {
    self.init(of: encoding.categories, in: encoding, using: &generator, length: \.vectorLength)
  }

  mutating func visitParameters(_ visit: ParameterVisitor<Float>) {
    for place in tables.indices { visit("\(place)", &tables[place]) }
  }

  /// Returns the inputs with the category vectors appended to the channels.
  func forward(_ inputs: NetworkInputs) -> NetworkInputs {
    let categories = inputs.categories
    return NetworkInputs(
      history: joined(inputs.history, categories.history, history),
      future: joined(inputs.future, categories.future, future),
      statics: joined(inputs.statics, categories.statics, statics), categories: categories)
  }

  /// Returns the channels with category vectors appended along the last axis.
  private func joined(
    _ channels: Tensor<Float>, _ categories: [IndexTensor], _ columns: [Column]
  ) -> Tensor<Float> {
    guard !columns.isEmpty else { return channels }
    let vectors = columns.map { tables[$0.table](categories[$0.place]) }
    return .concatenated([channels] + vectors, axis: channels.rank - 1)
  }

  /// The standard deviation of initial vectors, which is small compared with the other channels.
  static let deviation = 0.1

  /// Returns the number of weights of the vectors of an encoding.
  static func weightCount(_ encoding: InputEncoding) -> Int {
    encoding.categories.reduce(0) { $0 + $1.vocabulary.count * $1.vectorLength }
  }
}

extension InputCategories {
  /// Returns the categories, some of which are replaced by unknown for the series in a training pass.
  ///
  /// So, a network learns to forecast without a category.
  func hidingSome(_ pass: inout ForwardPass) -> InputCategories {
    guard pass.isTraining else { return self }
    var categories = self
    categories.statics = statics.map { codes in
      IndexTensor(
        codes.shape,
        codes.values.map {
          Double.random(in: 0..<1, using: &pass.generator) < Self.hiddenShare
            ? Int(Vocabulary.unknown) : $0
        })
    }
    return categories
  }

  /// The share of the series' categories that are hidden in training.
  private static let hiddenShare = 0.05
}
