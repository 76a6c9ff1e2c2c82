/// The change that a cleaning rule made to a cell of a panel.
public enum CellChange: String, Sendable, Codable, CaseIterable {
  /// A gap was filled with a value, which counts as observed.
  case filled
  /// The value of the cell changed, or its stock-out now counts as observed.
  case altered
  /// The cell became a gap: its value is unknown.
  case masked
  /// The cell became a stock-out: its value is a lower bound.
  case soldOut
  /// The cell is now outside of its series, before the start or after the end.
  case trimmed
  /// The whole series was left out.
  case dropped

  /// A Boolean value that indicates whether the cell's value is removed or no longer counts in
  /// losses and scores.
  public var isSetAside: Bool {
    switch self {
    case .filled, .altered: false
    case .masked, .soldOut, .trimmed, .dropped: true
    }
  }

  /// A Boolean value that indicates whether the panel no longer has the cell.
  public var isRemoval: Bool { self == .trimmed || self == .dropped }

  /// Creates the change of a cell that the panel still has, or returns `nil` if it is unchanged.
  init?(from before: CellContent, to after: CellContent) {
    guard before != after else { return nil }
    switch after {
    case .gap: self = .masked
    case .observed: self = before == .gap ? .filled : .altered
    case .stockOut:
      if case .stockOut = before { self = .altered } else { self = .soldOut }
    }
  }

  /// The index among all cases.
  var place: Int {
    switch self {
    case .filled: 0
    case .altered: 1
    case .masked: 2
    case .soldOut: 3
    case .trimmed: 4
    case .dropped: 5
    }
  }
}

/// The content of a cell of a panel: its state and its value.
public enum CellContent: Sendable, Equatable, Codable {
  case gap
  case observed(Double)
  /// A stock-out. The value is a lower bound of demand.
  case stockOut(Double)

  init(_ value: Double, _ state: CellState) {
    switch state {
    case .gap: self = .gap
    case .observed: self = .observed(value)
    case .stockOut: self = .stockOut(value)
    }
  }

  /// The number of units in the cell, 0 for a gap.
  public var units: Double {
    switch self {
    case .gap: 0
    case .observed(let value), .stockOut(let value): value
    }
  }
}

extension CellContent: CustomStringConvertible {
  /// A text such as `gap`, `3.0`, or `stock-out 0.0`.
  public var description: String {
    switch self {
    case .gap: "gap"
    case .observed(let value): "\(value)"
    case .stockOut(let value): "stock-out \(value)"
    }
  }
}
