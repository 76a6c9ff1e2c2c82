internal import RealModule

/// The encoding of a feature table's columns as the channels of a network's input.
///
/// It is determined when a model is fitted, from the training part alone, and saved with the model.
/// Panels that the model forecasts later are encoded with the same scales and the same categories.
public struct InputEncoding: Hashable, Sendable {
  /// One numeric column.
  public struct Number: Hashable, Sendable, Codable {
    /// The column's name.
    public let column: String
    /// The scaling of its numbers.
    public let scaling: ColumnScaling
    /// A Boolean value that indicates whether a second channel marks the steps at which the column
    /// has a number.
    public let hasMask: Bool
  }

  /// One column of categories.
  public struct Category: Hashable, Sendable, Codable {
    /// The column's name.
    public let column: String
    /// The categories of the training part. All others are unknown.
    public let vocabulary: Vocabulary

    /// The length E of the vector that a network learns for each category.
    ///
    /// It grows with the number of categories, as in fastai: 1.6 · count^0.56, but at most 32. A column that
    /// is empty in the training part has a vector of length 1 for what comes later.
    public var vectorLength: Int {
      max(1, min(32, Int((1.6 * Double.pow(Double(vocabulary.names.count), 0.56)).rounded(.up))))
    }
  }

  /// The columns of one part of the input, in the order of the feature table.
  public struct Columns: Hashable, Sendable, Codable {
    /// The numeric columns.
    public let numbers: [Number]
    /// The columns of categories.
    public let categories: [Category]

    /// The number of channels of the numeric columns.
    var numberChannelCount: Int { numbers.reduce(0) { $0 + $1.channelCount } }

    /// The number of channels of the category vectors.
    var vectorChannelCount: Int { categories.reduce(0) { $0 + $1.vectorLength } }
  }

  /// The columns at each past step.
  public let history: Columns
  /// The columns at each future step.
  public let future: Columns
  /// The columns with one value for each series.
  public let statics: Columns
  /// The features that are computed within each window.
  public let window: [WindowFeature]
  /// The number of channels of the interactions of columns at each step, or 0 for none.
  public internal(set) var interactionSize = 0
}

extension InputEncoding {
  /// The number of numeric channels of a past step: the target and its mask, the window's features,
  /// and the columns.
  public var historyNumberCount: Int {
    2 + window.count(where: \.isOfHistory) + history.numberChannelCount
  }

  /// The number of numeric channels of a future step: the window's features and the columns.
  public var futureNumberCount: Int {
    window.count { !$0.isOfHistory } + future.numberChannelCount
  }

  /// The number of numeric channels of a series.
  public var staticNumberCount: Int { statics.numberChannelCount }

  /// The number of channels that a network sees at a past step: the numeric ones, the vectors of the
  /// categories, and the interactions.
  var historyChannelCount: Int {
    historyNumberCount + history.vectorChannelCount + interactionSize
  }

  /// The number of channels that a network sees at a future step.
  var futureChannelCount: Int {
    futureNumberCount + future.vectorChannelCount + interactionSize
  }

  /// The number of channels of a series that a network sees.
  var staticChannelCount: Int { staticNumberCount + statics.vectorChannelCount }

  /// The columns of categories of all parts, one for each name, in the order of their first
  /// occurrence.
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

extension InputEncoding: Codable {
  private enum Key: CodingKey {
    case history, future, statics, window, interactionSize
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    history = try container.decode(Columns.self, forKey: .history)
    future = try container.decode(Columns.self, forKey: .future)
    statics = try container.decode(Columns.self, forKey: .statics)
    window = try container.decode([WindowFeature].self, forKey: .window)
    // Networks saw no interactions before there was a choice.
    interactionSize = try container.decodeIfPresent(Int.self, forKey: .interactionSize) ?? 0
    guard Self.interactionSizes.contains(interactionSize) else {
      throw DecodingError.dataCorruptedError(
        forKey: .interactionSize, in: container,
        debugDescription: "interactionSize is \(interactionSize)")
    }
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(history, forKey: .history)
    try container.encode(future, forKey: .future)
    try container.encode(statics, forKey: .statics)
    try container.encode(window, forKey: .window)
    if interactionSize != 0 { try container.encode(interactionSize, forKey: .interactionSize) }
  }

  /// The valid values of ``interactionSize``.
  static let interactionSizes = 0...1 << 12
}
