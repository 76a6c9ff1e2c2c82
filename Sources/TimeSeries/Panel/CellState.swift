/// The state of a series at one step.
///
/// A step without a sale is neither a gap nor a stock-out: it is observed, and its value is 0. The
/// raw values are those in panel files.
public enum CellState: UInt8, Sendable, CaseIterable, BitwiseCopyable {
  /// Nothing is known. The value is 0.
  case gap = 0
  /// The value equals the demand, and counts in losses and scores.
  case observed = 1
  /// The item was sold out during at least part of the step, so demand is censored: the value is
  /// the number of units sold, a lower bound of the demand. It counts in no loss and no score.
  case stockOut = 2
}

/// A collection that indicates, for each cell of a series, whether it is observed. Its indices are
/// those of the states.
public struct ObservedMask: RandomAccessCollection, Sendable {
  private let states: ArraySlice<CellState>

  init(_ states: ArraySlice<CellState>) { self.states = states }

  public var startIndex: Int { states.startIndex }
  public var endIndex: Int { states.endIndex }
  public subscript(position: Int) -> Bool { states[position] == .observed }
}
