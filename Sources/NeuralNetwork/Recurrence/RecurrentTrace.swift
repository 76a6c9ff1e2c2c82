/// What a recurrent pass leaves for the way back, tile after tile.
struct RecurrentTrace<Scalar: TensorScalar>: Sendable {
  private let layout: RecurrentLayout
  /// What the cell kept of the gates, [T, rows, gate stride] for each tile.
  private var gates: Tensor<Scalar>
  /// Rows `[h | x | 1]` of every step, [T, rows, row stride] for each tile.
  private var rows: Tensor<Scalar>
  /// The cell state before each step and after the last, [T + 1, rows, H] for each tile.
  private var cells: Tensor<Scalar>

  init(_ layout: RecurrentLayout) {
    self.layout = layout
    let (batch, steps) = (layout.batch, layout.steps)
    gates = Tensor([batch, steps, layout.gateStride]) { _ in }
    rows = Tensor([batch, steps, layout.rowStride]) { _ in }
    cells = Tensor([batch, steps + 1, layout.hiddenSize]) { _ in }
  }

  /// Calls a closure with the memory of every tile, to write.
  mutating func write(_ body: ((Range<Int>) -> RecurrentTile<Scalar>) -> Void) {
    let layout = layout
    gates.write { gates in
      rows.write { rows in
        cells.write { cells in body { Self.tile($0, layout, gates, rows, cells) } }
      }
    }
  }

  /// Calls a closure with the memory of every tile, to read only.
  func read(_ body: ((Range<Int>) -> RecurrentTile<Scalar>) -> Void) {
    gates.read { gates in
      rows.read { rows in
        cells.read { cells in
          body {
            Self.tile(
              $0, layout, UnsafeMutablePointer(mutating: gates),
              UnsafeMutablePointer(mutating: rows), UnsafeMutablePointer(mutating: cells))
          }
        }
      }
    }
  }

  private static func tile(
    _ range: Range<Int>, _ layout: RecurrentLayout, _ gates: UnsafeMutablePointer<Scalar>,
    _ rows: UnsafeMutablePointer<Scalar>, _ cells: UnsafeMutablePointer<Scalar>
  ) -> RecurrentTile<Scalar> {
    let first = range.lowerBound
    return RecurrentTile(
      layout: layout, batch: range.count, keepsAllSteps: true,
      gates: gates + first * layout.steps * layout.gateStride,
      rows: rows + first * layout.steps * layout.rowStride,
      cells: cells + first * (layout.steps + 1) * layout.hiddenSize)
  }
}

/// The memory that one tile is carried through.
struct RecurrentTile<Scalar: TensorScalar> {
  let layout: RecurrentLayout
  /// Rows of the tile.
  let batch: Int
  /// Whether every step has memory of its own, or steps take turns, as inference needs no trace.
  let keepsAllSteps: Bool
  fileprivate let gates: UnsafeMutablePointer<Scalar>?
  fileprivate let rows, cells: UnsafeMutablePointer<Scalar>

  /// Calls a closure with a tile whose steps take turns and keep no gates.
  static func withScratch(
    _ layout: RecurrentLayout, batch: Int, _ body: (RecurrentTile) -> Void
  ) {
    Tensor.withScratch(count: 2 * batch * layout.rowStride) { rows in
      Tensor.withScratch(count: 2 * batch * layout.hiddenSize) { cells in
        body(
          RecurrentTile(
            layout: layout, batch: batch, keepsAllSteps: false, gates: nil, rows: rows,
            cells: cells))
      }
    }
  }

  /// What the cell keeps of the gates of a step, [rows, gate stride]; nil where steps take turns.
  func gates(_ step: Int) -> UnsafeMutablePointer<Scalar>? {
    gates.map { $0 + step * batch * layout.gateStride }
  }

  /// The rows `[h | x | 1]` that a step begins with, [rows, row stride].
  func rows(_ step: Int) -> UnsafeMutablePointer<Scalar> {
    rows + (keepsAllSteps ? step : step & 1) * batch * layout.rowStride
  }

  /// The cell state that a step begins with, [rows, H].
  func cells(_ step: Int) -> UnsafeMutablePointer<Scalar> {
    cells + (keepsAllSteps ? step : step & 1) * batch * layout.hiddenSize
  }
}
