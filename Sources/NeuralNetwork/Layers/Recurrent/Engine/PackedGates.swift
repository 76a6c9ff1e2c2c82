internal import SIMDKernels

/// The weights and biases of a recurrent layer, packed once for all steps of the forward pass.
///
/// There are three consecutive parts: `[W_hh | W_ih]` of the joint gates, W_hh of the split gates,
/// and W_ih of the split gates. The biases are packed in the same order; the two biases of joint
/// gates are added.
struct PackedGates<Scalar: TensorScalar>: Sendable {
  private let weights, bias: Tensor<Scalar>

  /// Packs the untracked parameters of a layer.
  init(_ parameters: RecurrentParameters<Scalar>, _ layout: RecurrentLayout) {
    let (hiddenSize, inputSize) = (layout.hiddenSize, layout.inputSize)
    let (jointSize, splitSize) = (layout.jointSize, layout.splitSize)
    weights = Self.packed(
      layout,
      parts: [
        (jointSize, layout.joinedSize), (splitSize, hiddenSize), (splitSize, inputSize),
      ]
    ) { part in
      parameters.recurrentWeight.read { hidden in
        parameters.inputWeight.read { input in
          part(0).pack(hidden, columns: hiddenSize)
          part(0).pack(input, columns: inputSize, first: hiddenSize)
          part(1).pack(hidden + jointSize * hiddenSize, columns: hiddenSize)
          part(2).pack(input + jointSize * inputSize, columns: inputSize)
        }
      }
    }
    let sum = parameters.inputBias + parameters.recurrentBias
    bias = Self.packed(layout, parts: [(jointSize, 1), (splitSize, 1), (splitSize, 1)]) { part in
      sum.read { part(0).pack($0, columns: 1) }
      parameters.recurrentBias.read { part(1).pack($0 + jointSize, columns: 1) }
      parameters.inputBias.read { part(2).pack($0 + jointSize, columns: 1) }
    }
  }

  /// Calls a closure with the packed weights and the packed biases.
  func read(_ body: (_ weights: UnsafePointer<Scalar>, _ bias: UnsafePointer<Scalar>) -> Void) {
    weights.read { weights in bias.read { bias in body(weights, bias) } }
  }

  /// Returns packed matrices [gates · H, depth], stored consecutively.
  private static func packed(
    _ layout: RecurrentLayout, parts: [(gateSize: Int, depth: Int)],
    _ write: ((_ part: Int) -> Part) -> Void
  ) -> Tensor<Scalar> {
    let counts = parts.map { Scalar._Kernels.packedCount($0.depth, $0.gateSize) }
    return Tensor([counts.reduce(0, +)]) { packed in
      write { part in
        Part(
          start: packed + counts[..<part].reduce(0, +), hiddenSize: layout.hiddenSize,
          gateCount: parts[part].gateSize / layout.hiddenSize, depth: parts[part].depth)
      }
    }
  }

  /// One of the packed matrices.
  private struct Part {
    let start: UnsafeMutablePointer<Scalar>
    let hiddenSize, gateCount, depth: Int

    /// Packs a weight [gates · H, columns] as the matrix's rows from `first` on.
    func pack(_ weight: UnsafePointer<Scalar>, columns: Int, first: Int = 0) {
      fs_recurrent_pack(
        Scalar._elementType, weight, columns, hiddenSize, columns, gateCount, start, first, depth)
    }
  }
}
