/// The values that a recurrent pass keeps for the backward pass, tile by tile.
struct RecurrentTrace<Scalar: TensorScalar>: Sendable {
  private let layout: RecurrentLayout
  /// The values that the cell keeps, [T, rows, kept stride] for each tile.
  private var kept: Tensor<Scalar>
  /// The rows `[h | x | 1]` of every step, [T, rows, row stride] for each tile.
  private var rows: Tensor<Scalar>
  /// The states before each step and after the last, [T + 1, states, rows, H] for each tile.
  private var states: Tensor<Scalar>

  init(_ layout: RecurrentLayout) {
    self.layout = layout
    let (batch, steps) = (layout.batch, layout.steps)
    kept = Tensor([batch, steps, layout.keptStride]) { _ in }
    rows = Tensor([batch, steps, layout.rowStride]) { _ in }
    states = Tensor([batch, steps + 1, layout.keptStateCount * layout.hiddenSize]) { _ in }
  }

  /// Calls a closure with a function that returns the memory of a tile, for writing.
  mutating func write(_ body: (@Sendable (Range<Int>) -> RecurrentTile<Scalar>) -> Void) {
    let layout = layout
    kept.write { kept in
      rows.write { rows in
        states.write { states in
          let (kept, rows) = (SendablePointer(kept), SendablePointer(rows))
          let states = SendablePointer(states)
          body { Self.tile($0, layout, kept.pointer, rows.pointer, states.pointer) }
        }
      }
    }
  }

  /// Calls a closure with a function that returns the memory of a tile, for reading only.
  func read(_ body: (@Sendable (Range<Int>) -> RecurrentTile<Scalar>) -> Void) {
    kept.read { kept in
      rows.read { rows in
        states.read { states in
          let (kept, rows) = (SendablePointer(kept), SendablePointer(rows))
          let states = SendablePointer(states)
          body {
            Self.tile(
              $0, layout, UnsafeMutablePointer(mutating: kept.pointer),
              UnsafeMutablePointer(mutating: rows.pointer),
              UnsafeMutablePointer(mutating: states.pointer))
          }
        }
      }
    }
  }

  private static func tile(
    _ range: Range<Int>, _ layout: RecurrentLayout, _ kept: UnsafeMutablePointer<Scalar>,
    _ rows: UnsafeMutablePointer<Scalar>, _ states: UnsafeMutablePointer<Scalar>
  ) -> RecurrentTile<Scalar> {
    let first = range.lowerBound
    return RecurrentTile(
      layout: layout, batch: range.count, keepsAllSteps: true,
      kept: kept + first * layout.steps * layout.keptStride,
      rows: rows + first * layout.steps * layout.rowStride,
      states: states
        + first * (layout.steps + 1) * layout.keptStateCount * layout.hiddenSize)
  }
}

/// The memory that the steps of one tile use.
struct RecurrentTile<Scalar: TensorScalar> {
  let layout: RecurrentLayout
  /// The number of rows.
  let batch: Int
  /// A Boolean value that indicates whether every step has memory of its own. Otherwise the steps
  /// alternate between two areas, since inference needs no trace.
  let keepsAllSteps: Bool
  fileprivate let kept: UnsafeMutablePointer<Scalar>?
  fileprivate let rows, states: UnsafeMutablePointer<Scalar>

  /// Calls a closure with a tile whose steps alternate between two areas and keep nothing.
  static func withScratch(
    _ layout: RecurrentLayout, batch: Int, _ body: (RecurrentTile) -> Void
  ) {
    Tensor.withScratch(count: 2 * batch * layout.rowStride) { rows in
      Tensor.withScratch(count: 2 * batch * layout.keptStateCount * layout.hiddenSize) { states in
        body(
          RecurrentTile(
            layout: layout, batch: batch, keepsAllSteps: false, kept: nil, rows: rows,
            states: states))
      }
    }
  }

  /// Returns the values that the cell keeps for a step, [rows, kept stride]; nil if steps
  /// alternate.
  func kept(_ step: Int) -> UnsafeMutablePointer<Scalar>? {
    kept.map { $0 + step * batch * layout.keptStride }
  }

  /// Returns the rows `[h | x | 1]` at the start of a step, [rows, row stride].
  func rows(_ step: Int) -> UnsafeMutablePointer<Scalar> {
    rows + (keepsAllSteps ? step : step & 1) * batch * layout.rowStride
  }

  /// Returns the cell's states at the start of a step, [states, rows, H].
  func states(_ step: Int) -> UnsafeMutablePointer<Scalar> {
    states
      + (keepsAllSteps ? step : step & 1) * batch * layout.keptStateCount * layout.hiddenSize
  }

  /// Returns the unmasked hidden state at the start of a step, as rows of [H], and their distance.
  func hidden(_ step: Int) -> (start: UnsafeMutablePointer<Scalar>, stride: Int) {
    layout.keepsHidden
      ? (states(step) + layout.cell.stateCount * batch * layout.hiddenSize, layout.hiddenSize)
      : (rows(step), layout.rowStride)
  }
}
