/// The weights `[W_hh | W_ih]` of a recurrent layer, packed once for all steps forward: a matrix
/// [H + D, H] for each of the G gates.
struct PackedGates<Scalar: TensorScalar>: Sendable {
  private let elements: Tensor<Scalar>

  /// - Parameters:
  ///   - recurrentWeight: [G·H, H]
  ///   - inputWeight: [G·H, D]
  init(recurrentWeight: Tensor<Scalar>, inputWeight: Tensor<Scalar>) {
    let (hiddenSize, inputSize) = (recurrentWeight.shape[1], inputWeight.shape[1])
    let depth = hiddenSize + inputSize
    let gateCount = recurrentWeight.shape[0] / hiddenSize
    let gateElements = Scalar._Kernels.packedCount(depth, hiddenSize)
    elements = Tensor([gateCount * gateElements]) { packed in
      func pack(_ weight: Tensor<Scalar>, _ columns: Int, first: Int) {
        weight.read { weight in
          for gate in 0..<gateCount {
            Scalar._Kernels.pack(
              weight + gate * hiddenSize * columns, stride: columns, transposed: true, columns,
              hiddenSize, packed + gate * gateElements, first: first, depth: depth)
          }
        }
      }
      pack(recurrentWeight, hiddenSize, first: 0)
      pack(inputWeight, inputSize, first: hiddenSize)
    }
  }

  /// Calls a closure with the packed matrices, one after another.
  func read<Result>(_ body: (UnsafePointer<Scalar>) -> Result) -> Result { elements.read(body) }
}
