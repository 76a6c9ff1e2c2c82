import NeuralNetwork

/// A translation of a table's categories to the codes of an encoding.
///
/// The vocabularies of a panel that is forecast may differ from those of the training part.
/// Categories are matched by name, and those that the training part lacks become unknown.
struct CategoryTranslation: Sendable {
  /// The code of each category of the table, or nil if the vocabularies are equal.
  private typealias Codes = [Int32]?

  private let history: [Codes]
  private let future: [Codes]
  private let statics: [Codes]

  init(_ encoding: InputEncoding, _ table: FeatureTable) {
    func codes(_ columns: InputEncoding.Columns) -> [Codes] {
      columns.categories.map { category in
        guard let own = table.column(category.column).vocabulary, own != category.vocabulary else {
          return nil
        }
        return [Vocabulary.unknown] + own.names.map(category.vocabulary.code)
      }
    }
    history = codes(encoding.history)
    future = codes(encoding.future)
    statics = codes(encoding.statics)
  }

  /// Returns the categories of a batch.
  func categories(of batch: FeatureBatch) -> InputCategories {
    let count = batch.series.count
    return InputCategories(
      history: columns(batch.historyCodes, history, [count, batch.targetHistory.shape[1]]),
      future: columns(batch.futureCodes, future, [count, batch.targets.shape[1]]),
      statics: columns(batch.staticCodes, statics, [count]))
  }

  /// Returns the columns of codes next to each other, [..., F].
  private func columns(_ codes: [Int32], _ translations: [Codes], _ shape: Shape) -> [IndexTensor] {
    translations.enumerated().map { place, translation in
      let column = stride(from: place, to: codes.count, by: translations.count).map { codes[$0] }
      return IndexTensor(shape, column.map { Int(translation?[Int($0)] ?? $0) })
    }
  }
}
