internal import RealModule

/// How the columns of a feature table become the channels of a network's input.
///
/// It is fixed when a model is fitted, from the training part alone, and saved with the model: a panel that
/// the model forecasts later is encoded by the same scales and the same categories.
public struct InputEncoding: Hashable, Sendable, Codable {
  /// One numeric column.
  public struct Number: Hashable, Sendable, Codable {
    /// The column's name.
    public let column: String
    /// How its numbers are scaled.
    public let scaling: ColumnScaling
    /// A Boolean value that indicates whether a second channel says where the column has a number.
    public let hasMask: Bool
  }

  /// One column of categories.
  public struct Category: Hashable, Sendable, Codable {
    /// The column's name.
    public let column: String
    /// The categories of the training part; all others are unknown.
    public let vocabulary: Vocabulary

    /// E, the length of the vector that a network learns for each category.
    ///
    /// It grows with the number of categories, as in fastai: 1.6 · count^0.56, but at most 32.
    public var vectorLength: Int {
      min(32, Int((1.6 * Double.pow(Double(vocabulary.names.count), 0.56)).rounded(.up)))
    }
  }

  /// The columns of one part of the input, in the order of the feature table.
  public struct Columns: Hashable, Sendable, Codable {
    /// The numeric columns.
    public let numbers: [Number]
    /// The columns of categories.
    public let categories: [Category]

    /// The number of channels that the numeric columns take.
    var numberChannelCount: Int { numbers.reduce(0) { $0 + $1.channelCount } }

    /// The number of channels that the vectors of the categories take.
    var vectorChannelCount: Int { categories.reduce(0) { $0 + $1.vectorLength } }
  }

  /// The columns at each step of history.
  public let history: Columns
  /// The columns at each step to come.
  public let future: Columns
  /// The columns with one value for each series.
  public let statics: Columns
  /// The features that are computed within each window.
  public let window: [WindowFeature]
}

extension InputEncoding {
  /// The numeric channels of a step of history: the target and where it is observed, the window's features,
  /// and the columns.
  public var historyNumberCount: Int {
    2 + window.count(where: \.isOfHistory) + history.numberChannelCount
  }

  /// The numeric channels of a step to come: the window's features and the columns.
  public var futureNumberCount: Int {
    window.count { !$0.isOfHistory } + future.numberChannelCount
  }

  /// The numbers of a series that do not change.
  public var staticNumberCount: Int { statics.numberChannelCount }

  /// The columns of categories of all parts, one for each name, in the order of their first appearance.
  var categories: [Category] {
    var names: Set<String> = []
    return (history.categories + future.categories + statics.categories).filter {
      names.insert($0.column).inserted
    }
  }
}

extension Vocabulary: Hashable {
  public func hash(into hasher: inout Hasher) { hasher.combine(names) }
}
