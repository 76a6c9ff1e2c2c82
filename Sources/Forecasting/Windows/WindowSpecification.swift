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

  /// Creates a specification.
  ///
  /// Stops the program if the horizon, the input length, or the season length is less than 1.
  public init(
    horizon: Int, inputLength: Int? = nil, seasonLength: Int? = nil, features: FeatureSet? = nil
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
  }
}

/// The lengths and the features of the windows of a fitted model.
public struct WindowLayout: Sendable, Codable {
  /// The number of past steps, T.
  public let inputLength: Int
  /// The number of future steps, K.
  public let horizon: Int
  /// The season length of the profiles, in steps.
  public let seasonLength: Int
  /// The features.
  public let features: FeatureSet

  /// Creates a layout from its parts. Stops the program if a length is less than 1.
  public init(inputLength: Int, horizon: Int, seasonLength: Int, features: FeatureSet) {
    self.inputLength = inputLength
    self.horizon = horizon
    self.seasonLength = seasonLength
    self.features = features
    checkRange()
  }

  /// The minimum number of past steps of a training window that lie within its series. Earlier
  /// steps are masked.
  var minimumHistory: Int { (inputLength + 1) / 2 }
}

extension WindowLayout: RangeChecked {
  package var fault: String? {
    let lengths = [inputLength, horizon, seasonLength] + features.window.compactMap(\.seasonLength)
    return lengths.allSatisfy { (1...1 << 20).contains($0) }
      ? nil : "expected lengths of at least 1, got \(lengths)"
  }
}

extension WindowSpecification {
  /// Returns the layout for a panel.
  ///
  /// The default input length is twice the horizon, but at least eight weekly seasons or two yearly
  /// ones. It is reduced so that the longest series gives at least as many training windows as its
  /// length allows: to two thirds of the steps that the horizon leaves.
  public func layout(for panel: Panel) -> WindowLayout {
    let frequency = panel.calendar.frequency
    let season = seasonLength ?? frequency.seasonLength
    return WindowLayout(
      inputLength: inputLength ?? chosenLength(panel, season), horizon: horizon,
      seasonLength: season,
      features: features ?? .automatic(for: panel, seasonLength: season))
  }

  private func chosenLength(_ panel: Panel, _ season: Int) -> Int {
    let longest = panel.ids.indices.map { panel.steps(at: $0).count }.max() ?? 0
    let wanted = max(2 * horizon, season <= 7 ? 8 * season : 2 * season)
    return max(1, min(wanted, (longest - horizon) * 2 / 3))
  }
}
