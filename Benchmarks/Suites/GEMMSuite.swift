import NeuralNetwork
import ReferenceKernels

extension Suites {
  static var gemm: [Case] {
    let large = [
      GEMMShape(M: 512, N: 512, K: 512), GEMMShape(M: 1024, N: 1024, K: 1024),
    ]
    // A step of an LSTM's recurrence: rows of h [M, H] times W_hhᵀ [H, 4H].
    let recurrence = [
      GEMMShape(M: 1, N: 256, K: 64), GEMMShape(M: 32, N: 128, K: 32),
      GEMMShape(M: 32, N: 256, K: 64), GEMMShape(M: 32, N: 1024, K: 256),
    ]
    return (large + recurrence).map(\.product) + recurrence.map(\.packedProduct)
  }
}

/// A product [M, K] × [K, N].
private struct GEMMShape {
  var M: Int
  let N, K: Int

  /// The product as tensor operations compute it.
  var product: Case {
    // Enough rows for several tiles.
    let sample = GEMMShape(M: 160, N: N, K: K)
    return oneCase(
      "matmul",
      sample: M <= sample.M
        ? nil : .init(share: Double(sample.M) / Double(M)) { sample.productWork }
    ) { productWork }
  }

  /// The product with a right operand that is packed in advance, as in a recurrence.
  var packedProduct: Case { oneCase("packed", sample: nil) { packedWork } }

  private func oneCase(
    _ name: String, sample: Case.Sample?, _ work: @escaping () -> any Workload
  ) -> Case {
    Case(
      suite: "gemm", name: "\(name) \(M)x\(N)x\(K)", operationCount: 2 * Double(M * N * K),
      sample: sample, make: work)
  }

  private var productWork: any Workload {
    let (a, b) = operands
    return Computation({ matmul(a, b) }, reference: reference(a, b))
  }

  private var packedWork: any Workload {
    let (a, b) = operands
    let packed = PackedMatrix(b)
    return Computation(
      {
        Tensor([M, N]) { target in
          a.read {
            packed.multiply(
              MatrixView($0, rows: M, columns: K),
              into: MutableMatrixView(target, rows: M, columns: N))
          }
        }
      }, reference: reference(a, b))
  }

  private var operands: (a: Tensor<Float>, b: Tensor<Float>) {
    (.random([M, K], seed: 1), .random([K, N], seed: 2))
  }

  private func reference(_ a: Tensor<Float>, _ b: Tensor<Float>) -> () -> [Float] {
    let (a, b) = (a.scalars, b.scalars)
    return { Reference.matrixProduct(a, b, M: M, N: N, K: K) }
  }
}
