/// The configuration of windows: the horizon, the number of past steps, and the features.
///
/// Properties that are nil are chosen from the frequency and the length of the data when a model is
/// fitted. See ``WindowLayout``.
public struct WindowSpecification: Sendable, Codable {
  /// The number of future steps, K.
  public var horizon: Int
  /// The number of past steps, T, or nil to choose it from the data.
  public var inputLength: Int?
  /// The season length of the profiles, in steps, or nil for that of the calendar's frequency.
  public var seasonLength: Int?
  /// The features, or nil for those of ``FeatureSet/automatic(for:seasonLength:)-(Panel,_)``.
  public var features: FeatureSet?
  /// The values that forecasts start from, or nil to choose them from the data.
  public var base: WindowBase?
  /// The countries whose public holidays are added to the features.
  public var holidays: [Country] = []
  /// The number of channels K of the interactions of columns at each step, or 0 for none.
  ///
  /// Each category of a series, each category of a step, and each number of a step that is known ahead
  /// has a learned vector of length K. At each past and future step, a network sees the sum of the
  /// elementwise products of all pairs of them, numbers times their vectors, as in a factorization
  /// machine (Rendle 2010; He & Chua 2017). So, it learns sooner that a promotion does more in one store
  /// than in another. Columns that are only known in the past have no interactions.
  public var interactionSize = 0

  /// Creates a specification.
  ///
  /// Stops the program if the horizon, the input length, or the season length is less than 1.
  public init(
    horizon: Int, inputLength: Int? = nil, seasonLength: Int? = nil, features: FeatureSet? = nil,
    base: WindowBase? = nil
  ) {
    guard min(horizon, inputLength ?? 1, seasonLength ?? 1) >= 1 else {
      fatalError(
        "WindowSpecification: expected a horizon, an inputLength, and a seasonLength of at least 1, "
          + "got \(horizon), \(inputLength.map(String.init) ?? "nil"), and "
          + "\(seasonLength.map(String.init) ?? "nil")")
    }
    self.horizon = horizon
    self.inputLength = inputLength
    self.seasonLength = seasonLength
    self.features = features
    self.base = base
  }

  /// A description of a number that is out of range, or nil.
  var fault: String? {
    InputEncoding.interactionSizes.contains(interactionSize)
      ? nil : "interactionSize is \(interactionSize)"
  }
}

/// The lengths and the features of the windows of a fitted model.
public struct WindowLayout: Sendable {
  /// The number of past steps, T.
  public let inputLength: Int
  /// The number of future steps, K.
  public let horizon: Int
  /// The season length of the profiles, in steps.
  public let seasonLength: Int
  /// The features.
  public let features: FeatureSet
  /// The values that forecasts start from.
  public let base: WindowBase
  /// The season length of the base, in steps: for hours, that of a day or of a week.
  public let baseSeasonLength: Int

  /// Creates a layout from its parts. Stops the program if a length is less than 1.
  public init(
    inputLength: Int, horizon: Int, seasonLength: Int, features: FeatureSet,
    base: WindowBase = .seasonalMeans, baseSeasonLength: Int? = nil
  ) {
    self.inputLength = inputLength
    self.horizon = horizon
    self.seasonLength = seasonLength
    self.features = features
    self.base = base
    self.baseSeasonLength = baseSeasonLength ?? seasonLength
    checkRange()
  }

  /// The minimum number of past steps of a training window that lie within its series. Earlier steps
  /// are masked.
  ///
  /// It is half of them, but at least a season if a window has one: a network that never saw the
  /// season before in training makes nothing of it in a forecast.
  var minimumHistory: Int {
    max((inputLength + 1) / 2, inputLength >= seasonLength ? seasonLength : 1)
  }
}

extension FeatureWindows {
  /// Creates all windows of a panel with a layout, for training.
  ///
  /// - Throws: The errors of ``init(of:_:inputLength:horizon:minimumHistory:)``.
  init(of panel: Panel, _ layout: WindowLayout) throws {
    try self.init(
      of: panel, layout.features, inputLength: layout.inputLength, horizon: layout.horizon,
      minimumHistory: layout.minimumHistory)
  }
}

extension WindowLayout: RangeChecked {
  package var fault: String? {
    let lengths =
      [inputLength, horizon, seasonLength, baseSeasonLength]
      + features.window.compactMap(\.seasonLength)
    return lengths.allSatisfy { (1...1 << 20).contains($0) }
      ? nil : "expected lengths of at least 1, got \(lengths)"
  }
}

extension WindowLayout: Codable {
  private enum Key: CodingKey {
    case inputLength, horizon, seasonLength, features, base, baseSeasonLength
  }

  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: Key.self)
    inputLength = try container.decode(Int.self, forKey: .inputLength)
    horizon = try container.decode(Int.self, forKey: .horizon)
    seasonLength = try container.decode(Int.self, forKey: .seasonLength)
    features = try container.decode(FeatureSet.self, forKey: .features)
    // Windows started from seasonal means before there was a choice.
    base = try container.decodeIfPresent(WindowBase.self, forKey: .base) ?? .seasonalMeans
    baseSeasonLength =
      try container.decodeIfPresent(Int.self, forKey: .baseSeasonLength) ?? seasonLength
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: Key.self)
    try container.encode(inputLength, forKey: .inputLength)
    try container.encode(horizon, forKey: .horizon)
    try container.encode(seasonLength, forKey: .seasonLength)
    try container.encode(features, forKey: .features)
    try container.encode(base, forKey: .base)
    try container.encode(baseSeasonLength, forKey: .baseSeasonLength)
  }
}

extension WindowSpecification {
  /// Returns the layout for a panel.
  ///
  /// The default input length is twice the horizon, but at least two seasons: the longest ones of the
  /// frequency, such as the weeks of hours, if the longest series has four. Of a weekly season, it is
  /// eight, and up to sixteen if that is a sixteenth of the longest series. It is reduced to two
  /// thirds of the steps that the horizon leaves in the longest series, so that the rest gives training
  /// windows, but not below a season, so that a window shows the season before.
  ///
  /// - Parameters:
  ///   - panel: The training part.
  ///   - base: The values that forecasts start from unless the specification states them.
  ///   - baseSeasonLength: The season length of the base, or nil for that of the panel.
  public func layout(
    for panel: Panel, base: WindowBase = .seasonalMeans, baseSeasonLength: Int? = nil
  ) -> WindowLayout {
    let season = seasonLengths(for: panel)[0]
    return WindowLayout(
      inputLength: inputLength(for: panel), horizon: horizon, seasonLength: season,
      features: (features ?? .automatic(for: panel, seasonLength: season))
        .addingHolidays(of: holidays, for: panel.calendar.frequency), base: self.base ?? base,
      baseSeasonLength: baseSeasonLength)
  }

  /// Returns the number of past steps of the windows of a panel, T.
  func inputLength(for panel: Panel) -> Int {
    if let inputLength { return inputLength }
    let longest = panel.longestSeriesLength
    let lengths = seasonLengths(for: panel)
    let season = lengths.last { 4 * $0 <= longest } ?? lengths[0]
    let seasons = season > 7 ? 2 : min(16, max(8, longest / (16 * season)))
    let wanted = max(2 * horizon, seasons * season)
    let known = longest - horizon
    return max(1, min(wanted, max(known * 2 / 3, min(season, known - 1))))
  }

  /// Returns the season lengths of a panel, in steps: the one that is specified, or those of the
  /// frequency.
  func seasonLengths(for panel: Panel) -> [Int] {
    seasonLength.map { [$0] } ?? panel.calendar.frequency.seasonLengths
  }
}
