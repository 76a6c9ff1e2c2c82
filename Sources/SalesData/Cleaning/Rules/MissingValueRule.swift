/// A rule that fills gaps within the steps that a series covers. Stock-outs are not gaps and stay
/// as they are. Their values, which are lower bounds, are not used for filling.
public struct MissingValueRule: CleaningRule, Hashable {
  /// A method for filling gaps.
  public enum Filling: Sendable, Hashable {
    /// Leave gaps, which do not count in losses and scores.
    case leave
    /// Fill with 0: unrecorded means not sold.
    case zero
    /// Fill with the last observed value, for at most `limit` steps after it. Gaps before the first
    /// observed value remain. Filled values count as observed, so applying the rule again fills
    /// further.
    case forward(limit: Int? = nil)
    /// Interpolate linearly between the observed values on either side if at most `limit` steps lie
    /// between them. Gaps at the ends of the series remain.
    case linear(limit: Int? = nil)
    /// Interpolate the deseasonalized series linearly and add the seasonal component of the step:
    /// the median of its position in the season minus the overall median, or 0 if fewer than three
    /// values are observed at that position. The result stays within the range of the observed
    /// values. `length` is the season length, or `nil` to derive it from the frequency.
    case seasonal(length: Int? = nil, limit: Int? = nil)
  }

  /// The method for filling gaps.
  public var filling: Filling

  /// Creates a rule. Stops the program if a limit or season length is below 1.
  public init(_ filling: Filling) {
    if let limit = filling.limit, limit < 1 {
      fatalError("MissingValueRule: expected a limit of at least 1, got \(limit)")
    }
    self.filling = filling
  }

  public var name: String { "missing values: \(filling.text)" }

  /// A Boolean value that indicates whether the method only uses earlier values: leaving, zeros,
  /// and the last value do, but interpolation does not.
  public var isCausal: Bool {
    switch filling {
    case .leave, .zero, .forward: true
    case .linear, .seasonal: false
    }
  }

  public func cleaned(_ panel: Panel) -> Panel {
    let longest = filling.limit ?? .max
    switch filling {
    case .leave: return panel
    case .zero: return panel.mapCells(fillWithZeros)
    case .forward: return panel.mapCells { fillForward($0, longest) }
    case .linear:
      return panel.mapCells { interpolate($0, nil, longest) }
    case .seasonal(let length, _):
      let season = panel.seasonLength(length, "MissingValueRule")
      return panel.mapCells { row in
        guard row.states.contains(.gap) else { return }
        interpolate(row, SeasonalComponent(of: row, length: season), longest)
      }
    }
  }

  private func fillWithZeros(_ row: CellRow) {
    for cell in row.states.indices where row.states[cell] == .gap { row.states[cell] = .observed }
  }

  private func fillForward(_ row: CellRow, _ longest: Int) {
    var last: Int?
    for cell in row.states.indices {
      // Cells are examined before they are filled, so `last` is never a filled one.
      if row.states[cell] == .observed {
        last = cell
      } else if row.states[cell] == .gap, let last, cell - last <= longest {
        row.values[cell] = row.values[last]
        row.states[cell] = .observed
      }
    }
  }

  /// Fills the gaps between each pair of consecutive observed cells.
  private func interpolate(_ row: CellRow, _ component: SeasonalComponent?, _ longest: Int) {
    guard let range = row.observedRange else { return }
    func level(_ cell: Int) -> Double {
      row.values[cell] - (component?[row.steps.lowerBound + cell] ?? 0)
    }
    var last: Int?
    for cell in row.states.indices where row.states[cell] == .observed {
      defer { last = cell }
      guard let last, cell - last > 1, cell - last - 1 <= longest else { continue }
      let (start, end) = (level(last), level(cell))
      for gap in last + 1..<cell where row.states[gap] == .gap {
        let share = Double(gap - last) / Double(cell - last)
        let value = start + share * (end - start) + (component?[row.steps.lowerBound + gap] ?? 0)
        row.values[gap] = min(max(value, range.lowerBound), range.upperBound)
        row.states[gap] = .observed
      }
    }
  }
}

extension MissingValueRule.Filling {
  fileprivate var limit: Int? {
    switch self {
    case .leave, .zero: nil
    case .forward(let limit), .linear(let limit), .seasonal(_, let limit): limit
    }
  }

  fileprivate var text: String {
    let reach = limit.map { " for up to \($0) steps" } ?? ""
    return switch self {
    case .leave: "leave masked"
    case .zero: "zero"
    case .forward: "last value" + reach
    case .linear: "linear interpolation" + reach
    case .seasonal: "seasonal interpolation" + reach
    }
  }
}
