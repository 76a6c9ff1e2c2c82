/// What a recurrent pass leaves for the way back, tile after tile; within a tile time is the outer
/// axis.
struct RecurrentTrace<Scalar: TensorScalar>: Sendable {
  private let steps, gateSize, hiddenSize: Int
  /// What the cell kept of the gates, [T, rows, G·H] for each tile.
  private var gates: Tensor<Scalar>
  /// The states before each step and after the last, [T + 1, rows, H] for each tile.
  private var hidden, cell: Tensor<Scalar>
  /// The hidden states through the recurrent mask, [T, rows, H] for each tile; nil without a mask.
  private var masked: Tensor<Scalar>?

  init(batch: Int, steps: Int, gateSize: Int, hiddenSize: Int, hasMask: Bool) {
    self.steps = steps
    self.gateSize = gateSize
    self.hiddenSize = hiddenSize
    gates = Tensor([batch, steps, gateSize]) { _ in }
    hidden = Tensor([batch, steps + 1, hiddenSize]) { _ in }
    cell = Tensor([batch, steps + 1, hiddenSize]) { _ in }
    masked = hasMask ? Tensor([batch, steps, hiddenSize]) { _ in } : nil
  }

  /// The part of one tile.
  struct Tile {
    let gates, hidden, cell, masked: UnsafeMutablePointer<Scalar>
  }

  /// The memory of all tiles.
  struct Buffers {
    fileprivate let steps, gateSize, hiddenSize: Int
    fileprivate let gates, hidden, cell, masked: UnsafeMutablePointer<Scalar>

    func tile(_ rows: Range<Int>) -> Tile {
      let first = rows.lowerBound
      return Tile(
        gates: gates + first * steps * gateSize,
        hidden: hidden + first * (steps + 1) * hiddenSize,
        cell: cell + first * (steps + 1) * hiddenSize,
        masked: masked + first * steps * hiddenSize)
    }
  }

  /// Calls a closure with the memory, to write.
  mutating func write(_ body: (Buffers) -> Void) {
    let (steps, gateSize, hiddenSize) = (steps, gateSize, hiddenSize)
    gates.write { gates in
      hidden.write { hidden in
        cell.write { cell in
          func call(_ masked: UnsafeMutablePointer<Scalar>) {
            body(
              Buffers(
                steps: steps, gateSize: gateSize, hiddenSize: hiddenSize, gates: gates,
                hidden: hidden, cell: cell, masked: masked))
          }
          if masked?.write({ call($0) }) == nil { call(hidden) }
        }
      }
    }
  }

  /// Calls a closure with the memory, to read only.
  func read(_ body: (Buffers) -> Void) {
    gates.read { gates in
      hidden.read { hidden in
        cell.read { cell in
          withOptionalPointer(to: masked) { masked in
            body(
              Buffers(
                steps: steps, gateSize: gateSize, hiddenSize: hiddenSize,
                gates: UnsafeMutablePointer(mutating: gates),
                hidden: UnsafeMutablePointer(mutating: hidden),
                cell: UnsafeMutablePointer(mutating: cell),
                masked: UnsafeMutablePointer(mutating: masked ?? hidden)))
          }
        }
      }
    }
  }
}
