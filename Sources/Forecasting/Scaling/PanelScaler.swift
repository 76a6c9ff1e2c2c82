/// A sequence of scalings for the values of a panel, not yet fitted.
///
/// ```swift
/// let scaler = PanelScaler(.signedLog, .standard, scope: .series)
/// let fitted = try scaler.fit(panel, over: 0..<28)       // the training part
/// let scaled = try fitted.transformed(panel)
/// let restored = try fitted.restored(scaled)             // the panel again
/// ```
///
/// Fit it to the training part alone, either a panel of its own or a range of steps; other steps
/// are ignored. Only observed cells are used. Stock-outs, which are lower bounds of demand, are
/// transformed but not fitted to, and gaps stay gaps.
public struct PanelScaler: Sendable, Hashable {
  /// The series that share a transform.
  public enum Scope: Sendable, Hashable, Codable {
    /// All series share one.
    case global
    /// Series with the same categories in some static columns, such as a level of the hierarchy,
    /// share one.
    case group([String])
    /// Each series has its own.
    case series
  }

  /// The scalings, in the order in which they are applied.
  public let scalings: [Scaling]
  /// The series that share a transform. For transforms of single windows, see
  /// ``fit(_:over:period:)``.
  public let scope: Scope

  /// Creates a scaler from scalings.
  ///
  /// Stops the program if the ends of a range aren't finite and ascending, or if a shift or bounds
  /// of λ aren't finite.
  public init(_ scalings: Scaling..., scope: Scope = .series) {
    self.init(scalings, scope: scope)
  }

  /// Creates a scaler from a list of scalings. Otherwise like the other initializer.
  public init(_ scalings: [Scaling], scope: Scope = .series) {
    if let wrong = scalings.first(where: { !$0.isValid }) {
      fatalError("PanelScaler: expected finite numbers and a range that rises, got \(wrong)")
    }
    self.scalings = scalings
    self.scope = scope
  }

  /// Fits the scaler to the observed values of a range of steps of a panel, or of all steps.
  ///
  /// For series without an observed value in the range, only logarithms and shifts change values:
  /// the offset is 0, the scale is 1, and λ is 1. Stops the program if steps lie outside the
  /// calendar.
  ///
  /// - Throws: `ScalingError.notPositive` for the first value for which a Box-Cox transformation
  ///   isn't defined, and `CovariateError` if the panel lacks a column of the scope.
  public func fit(_ panel: Panel, over steps: Range<Int>? = nil) throws -> FittedPanelScaler {
    let steps = steps ?? 0..<panel.calendar.count
    guard steps.clamped(to: 0..<panel.calendar.count) == steps else {
      fatalError("PanelScaler.fit: expected steps in 0..<\(panel.calendar.count), got \(steps)")
    }
    let groups = try ScalingGroups(of: panel, by: scope)
    let units = try zip(groups.keys, groups.members).map { key, members in
      var sample = ScalingSample()
      for index in members { sample.append(panel.series(at: index), over: steps) }
      let count = sample.values.count
      switch sample.fit(scalings, period: panel.scalingPeriod) {
      case .success(let transform):
        return FittedPanelScaler.Unit(key: key, observedCount: count, transform: transform)
      case .failure(let failure):
        let (member, step) = sample.origin(of: failure.place)
        throw ScalingError.notPositive(
          id: panel.ids[members[member]],
          date: panel.calendar.labelDate(at: step), hour: panel.calendar.hour(at: step),
          value: failure.value, shift: failure.shift)
      }
    }
    return FittedPanelScaler(scaler: self, units: units)
  }

  /// Fits a transform to one window: to the observed values of a series over a range of steps,
  /// whatever the scope. The steps may lie outside the series.
  ///
  /// - Parameter period: The season length for ``BoxCoxEstimate/guerrero``. Stops the program if it
  ///   is less than 2.
  /// - Throws: `ScalingError.notPositive`, without a date.
  public func fit(
    _ series: Series, over steps: Range<Int>, period: Int = 7
  ) throws(ScalingError) -> ScaleTransform {
    guard period >= 2 else {
      fatalError("PanelScaler.fit: expected a period of at least 2, got \(period)")
    }
    var sample = ScalingSample()
    sample.append(series, over: steps)
    switch sample.fit(scalings, period: period) {
    case .success(let transform): return transform
    case .failure(let failure):
      throw .notPositive(id: series.id, date: nil, value: failure.value, shift: failure.shift)
    }
  }
}

extension PanelScaler: Codable {
  private enum CodingKeys: CodingKey { case scalings, scope }

  /// Decodes a scaler.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.container(keyedBy: CodingKeys.self)
    scalings = try container.decode([Scaling].self, forKey: .scalings)
    scope = try container.decode(Scope.self, forKey: .scope)
    if let wrong = scalings.first(where: { !$0.isValid }) {
      throw DecodingError.dataCorruptedError(
        forKey: .scalings, in: container,
        debugDescription: "expected finite numbers and a range that rises, got \(wrong)")
    }
  }
}

extension Scaling {
  fileprivate var isValid: Bool {
    switch self {
    case .minMax(let from, let to): Float(from).isFinite && Float(to).isFinite && from < to
    case .standard, .robust, .meanSize, .signedLog: true
    case .boxCox(_, let shift, let bounds):
      Float(shift).isFinite && bounds.lowerBound.isFinite && bounds.upperBound.isFinite
    }
  }
}

extension Panel {
  /// The season length for Guerrero's estimate, which needs a standard deviation for each season.
  fileprivate var scalingPeriod: Int { max(2, calendar.frequency.seasonLength) }
}

/// The series of a panel, grouped by shared transforms.
struct ScalingGroups {
  /// The key of each group: empty, categories, or the id of the series.
  private(set) var keys: [[String?]] = []
  /// The indices of the series of each group.
  private(set) var members: [[Int]] = []
  /// The group of each series.
  private(set) var groups: [Int] = []

  init(of panel: Panel, by scope: PanelScaler.Scope) throws(CovariateError) {
    switch scope {
    case .global:
      keys = [[]]
      members = [Array(panel.ids.indices)]
      groups = Array(repeating: 0, count: panel.seriesCount)
    case .series:
      keys = panel.ids.map { [$0] }
      members = panel.ids.indices.map { [$0] }
      groups = Array(panel.ids.indices)
    case .group(let columns):
      var names = [[String?]](repeating: [], count: panel.seriesCount)
      for column in columns {
        let (codes, vocabulary) = try panel.staticCovariate(column).categories()
        for index in panel.ids.indices { names[index].append(vocabulary.name(of: codes[index])) }
      }
      var places: [[String?]: Int] = [:]
      for (index, name) in names.enumerated() {
        let place = places[name, default: keys.count]
        if place == keys.count {
          places[name] = place
          keys.append(name)
          members.append([])
        }
        members[place].append(index)
        groups.append(place)
      }
    }
  }
}
