/// What a recurrent layer multiplies by, packed once for all steps forward: the weights
/// `[W_hh | W_ih]`, a matrix [H + D, G·H], and the bias, [1, G·H], with columns as its cell has them.
struct PackedGates<Scalar: TensorScalar>: Sendable {
  private let weights, bias: Tensor<Scalar>

  /// - Parameters:
  ///   - recurrentWeight: [G·H, H]
  ///   - inputWeight: [G·H, D]
  ///   - bias: [G·H]
  init<Cell: RecurrentCell>(
    _ cell: Cell, recurrentWeight: Tensor<Scalar>, inputWeight: Tensor<Scalar>,
    bias: Tensor<Scalar>
  ) {
    let (gateSize, hiddenSize) = (recurrentWeight.shape[0], recurrentWeight.shape[1])
    let depth = hiddenSize + inputWeight.shape[1]
    func pack(_ matrix: Tensor<Scalar>, into packed: Packed, first: Int, depth: Int) {
      matrix.read {
        cell.pack(
          $0, hiddenSize: hiddenSize, columns: matrix.elementCount / gateSize, into: packed,
          first: first, depth: depth)
      }
    }
    weights = Tensor([Scalar._Kernels.packedCount(depth, gateSize)]) { packed in
      pack(recurrentWeight, into: packed, first: 0, depth: depth)
      pack(inputWeight, into: packed, first: hiddenSize, depth: depth)
    }
    self.bias = Tensor([Scalar._Kernels.packedCount(1, gateSize)]) { packed in
      pack(bias, into: packed, first: 0, depth: 1)
    }
  }

  private typealias Packed = UnsafeMutablePointer<Scalar>

  /// Calls a closure with the packed weights and the packed bias.
  func read(_ body: (_ weights: UnsafePointer<Scalar>, _ bias: UnsafePointer<Scalar>) -> Void) {
    weights.read { weights in bias.read { bias in body(weights, bias) } }
  }
}
