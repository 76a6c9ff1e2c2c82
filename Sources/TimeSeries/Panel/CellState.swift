/// What is known of a series at one step.
///
/// A step without a sale is neither a gap nor a stock-out: it is observed, and its value is 0. The
/// raw values are those of panel files.
public enum CellState: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  /// Nothing is known; the value is 0.
  case gap = 0
  /// The value is what was asked for, and counts in losses and scores.
  case observed = 1
  /// The item was sold out for some of the step at least, so that demand is censored: the value is
  /// what could be sold, a lower bound of what was asked for. It counts in no loss and no score.
  case stockOut = 2
}

/// For each cell of a series whether it is observed; its indices are those of the states.
public struct ObservedMask: RandomAccessCollection, Sendable {
  private let states: ArraySlice<CellState>

  init(_ states: ArraySlice<CellState>) { self.states = states }

  public var startIndex: Int { states.startIndex }
  public var endIndex: Int { states.endIndex }
  public subscript(position: Int) -> Bool { states[position] == .observed }
}
