/// Fills gaps within the steps that a series covers. Stock-outs are no gaps, and stay; their
/// values, lower bounds, serve for nothing here.
public struct MissingValueRule: CleaningRule, Hashable {
  /// What a gap becomes.
  public enum Filling: Sendable, Hashable {
    /// A gap, still: losses and scores leave it out.
    case leave
    /// 0: what is not recorded was not sold.
    case zero
    /// The last observed value before it, for at most `limit` steps after that. Gaps before the
    /// first observed value stay. What is filled counts as observed: a second such rule fills on.
    case forward(limit: Int? = nil)
    /// On the line between the observed values on either side, if at most `limit` steps lie
    /// between these. Gaps at the ends of the series stay.
    case linear(limit: Int? = nil)
    /// As linear, but of the deseasonalised series, with the seasonal component of the step added:
    /// the median of its place in the season, less that of all, or 0 where fewer than three values
    /// of that place are observed. Never outside of the range of what was observed. `length` is the
    /// season's; nil for that of the calendar's frequency.
    case seasonal(length: Int? = nil, limit: Int? = nil)
  }

  /// What a gap becomes.
  public var filling: Filling

  /// A rule that fills gaps so. A limit or a season length below 1 stops the program.
  public init(_ filling: Filling) {
    if let limit = filling.limit, limit < 1 {
      fatalError("MissingValueRule: expected a limit of at least 1, got \(limit)")
    }
    self.filling = filling
  }

  public var name: String { "missing values: \(filling.text)" }

  /// Leaving, zeros and the last value look back only; interpolation looks ahead.
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
      // Each cell is looked at before it is filled: `last` is never a filled one.
      if row.states[cell] == .observed {
        last = cell
      } else if row.states[cell] == .gap, let last, cell - last <= longest {
        row.values[cell] = row.values[last]
        row.states[cell] = .observed
      }
    }
  }

  /// Fills the gaps between each two observed cells that follow one another.
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
