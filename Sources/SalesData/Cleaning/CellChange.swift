/// What a cleaning rule did to a cell of a panel.
public enum CellChange: String, Sendable, Codable, CaseIterable {
  /// A gap has got a value, which counts as observed.
  case filled
  /// The cell holds another value than before, or its stock-out counts as observed now.
  case altered
  /// The cell is a gap now: nothing is known of it.
  case masked
  /// The cell is a stock-out now: its value is a lower bound.
  case soldOut
  /// The cell is outside of its series now, before its start or after its end.
  case trimmed
  /// The whole series was left out.
  case dropped

  /// Whether the cell's value is set aside: it is gone, or counts in no loss and no score.
  public var isSetAside: Bool {
    switch self {
    case .filled, .altered: false
    case .masked, .soldOut, .trimmed, .dropped: true
    }
  }

  /// Whether the panel has the cell no more.
  public var isRemoval: Bool { self == .trimmed || self == .dropped }

  /// What became of a cell that is still there; nil where it is as it was.
  init?(from before: CellContent, to after: CellContent) {
    guard before != after else { return nil }
    switch after {
    case .gap: self = .masked
    case .observed: self = before == .gap ? .filled : .altered
    case .stockOut:
      if case .stockOut = before { self = .altered } else { self = .soldOut }
    }
  }

  /// The place among all cases.
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

/// What a cell of a panel holds: its state and its value in one.
public enum CellContent: Sendable, Equatable, Codable {
  case gap
  case observed(Double)
  /// Sold out; the value is a lower bound of demand.
  case stockOut(Double)

  init(_ value: Double, _ state: CellState) {
    switch state {
    case .gap: self = .gap
    case .observed: self = .observed(value)
    case .stockOut: self = .stockOut(value)
    }
  }

  /// The units that the cell stands for, 0 for a gap.
  public var units: Double {
    switch self {
    case .gap: 0
    case .observed(let value), .stockOut(let value): value
    }
  }
}

extension CellContent: CustomStringConvertible {
  /// Such as `gap`, `3.0` or `stock-out 0.0`.
  public var description: String {
    switch self {
    case .gap: "gap"
    case .observed(let value): "\(value)"
    case .stockOut(let value): "stock-out \(value)"
    }
  }
}
